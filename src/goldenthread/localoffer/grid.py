"""Degrees (WGS84) to metres of the British National Grid, to about five metres.

Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C: a seven-parameter
transformation to the Airy ellipsoid, then the transverse Mercator projection.
"""

from __future__ import annotations

from math import atan2, cos, hypot, radians, sin, sqrt, tan

_WGS84 = (6_378_137.0, 6_356_752.314245)
_AIRY = (6_377_563.396, 6_356_256.909)
_SCALE, _LATITUDE, _LONGITUDE = 0.9996012717, radians(49), radians(-2)
_EAST, _NORTH = 400_000.0, -100_000.0
_SHIFT = (-446.448, 125.157, -542.060)
_TURN = tuple(radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))
_SIZE = 1 + 20.4894e-6
# Beyond these the grid says nothing.
_BOUNDS = (49.0, 61.5, -9.5, 2.5)


def to_grid(latitude: float, longitude: float) -> tuple[int, int] | None:
    """Easting and northing in metres; None for a point that is not in or near Great Britain."""
    south, north, west, east = _BOUNDS
    if not (south <= latitude <= north and west <= longitude <= east):
        return None
    lat, lon = _to_airy(radians(latitude), radians(longitude))
    return _project(lat, lon)


def _to_airy(lat: float, lon: float) -> tuple[float, float]:
    a, b = _WGS84
    e2 = 1 - (b / a) ** 2
    nu = a / sqrt(1 - e2 * sin(lat) ** 2)
    x, y, z = nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), (1 - e2) * nu * sin(lat)
    rx, ry, rz = _TURN
    x, y, z = (
        _SHIFT[0] + x * _SIZE - y * rz + z * ry,
        _SHIFT[1] + x * rz + y * _SIZE - z * rx,
        _SHIFT[2] - x * ry + y * rx + z * _SIZE,
    )
    a, b = _AIRY
    e2, p = 1 - (b / a) ** 2, hypot(x, y)
    phi = atan2(z, p * (1 - e2))
    for _ in range(6):
        nu = a / sqrt(1 - e2 * sin(phi) ** 2)
        phi = atan2(z + e2 * nu * sin(phi), p)
    return phi, atan2(y, x)


def _project(lat: float, lon: float) -> tuple[int, int]:
    a, b = _AIRY
    e2 = 1 - (b / a) ** 2
    nu = a * _SCALE / sqrt(1 - e2 * sin(lat) ** 2)
    rho = a * _SCALE * (1 - e2) / (1 - e2 * sin(lat) ** 2) ** 1.5
    eta2, t2, c, d = nu / rho - 1, tan(lat) ** 2, cos(lat), lon - _LONGITUDE
    north = _meridian(lat) + nu / 2 * sin(lat) * c * d**2
    north += nu / 24 * sin(lat) * c**3 * (5 - t2 + 9 * eta2) * d**4
    north += nu / 720 * sin(lat) * c**5 * (61 - 58 * t2 + t2**2) * d**6
    east = _EAST + nu * c * d + nu / 6 * c**3 * (nu / rho - t2) * d**3
    east += nu / 120 * c**5 * (5 - 18 * t2 + t2**2 + 14 * eta2 - 58 * t2 * eta2) * d**5
    return round(east), round(north)


def _meridian(lat: float) -> float:
    a, b = _AIRY
    n = (a - b) / (a + b)
    less, more = lat - _LATITUDE, lat + _LATITUDE
    arc = (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
    arc -= (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
    arc += (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
    arc -= 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
    return _NORTH + b * _SCALE * arc
