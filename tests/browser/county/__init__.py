"""Tests of the whole site in a browser, on one small county that they share."""
