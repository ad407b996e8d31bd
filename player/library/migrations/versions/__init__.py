# SPDX-License-Identifier: GPL-3.0-or-later
"""One file per schema version. A released step is never changed again."""
