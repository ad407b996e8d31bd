# SPDX-License-Identifier: GPL-3.0-or-later
"""What a series, a class, a phase, a queue and a practice are. Plain Python: no I/O, no Qt, no clock."""
