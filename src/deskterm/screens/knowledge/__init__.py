"""Screens about what customers ask and what is answered again and again."""
