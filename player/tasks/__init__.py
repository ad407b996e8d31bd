# SPDX-License-Identifier: GPL-3.0-or-later
"""The one way to run something in the background. QtCore only."""
