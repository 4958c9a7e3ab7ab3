"""Ledgers (台账), tables of the school's own making: understood, corrected by the clerk, remembered."""
