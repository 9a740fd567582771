"""The planning room: inputs, forecasts, scenarios and the recovery plan, as pages and files."""
