"""The forms of the people room: shape of input only; rules are in `policies` and `values`."""
