"""Screens about recurring questions and their answers."""
