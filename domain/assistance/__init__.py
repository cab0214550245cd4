"""Assistance: requests, offers, programmes and interest on record, taken through the procedure of 2010 and matched."""
