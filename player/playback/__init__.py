# SPDX-License-Identifier: GPL-3.0-or-later
"""Playing: the engine contract and its two engines, and the controller where engine, queue and timeline meet.

QtCore only; knows no widgets and no database.
"""
