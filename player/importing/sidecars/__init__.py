# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts and pictures that lie beside classes: one module a format, all listed in `table`."""
