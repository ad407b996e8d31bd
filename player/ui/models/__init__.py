# SPDX-License-Identifier: GPL-3.0-or-later
"""Models: ids and frozen values, loaded elsewhere; `data()` is a look-up."""
