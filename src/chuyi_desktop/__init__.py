"""楚怡申报: an offline desktop application for the vocational-education “楚怡” action."""

__version__ = "0.1.0"
