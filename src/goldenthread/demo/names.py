"""Invented names and addresses: plainly fictional, and proved to belong to nobody.

Surnames and places are made of a plant, bird, weather or craft and a landscape. Postcodes are of the ZZ99
range, which stands for no place; phone numbers are of the ranges Ofcom keeps for drama; email is at
example.org, which can receive none.
"""

from __future__ import annotations

from random import Random

COUNTY = "Threadshire"
LA_CODE = "999"  # no council's number
NEIGHBOUR, NEIGHBOUR_LA_CODE = "Yarnshire", "998"  # nor is this one

_FIRST = (
    "Acorn", "Alder", "Amber", "Apple", "Barley", "Bobbin", "Bramble", "Briar", "Bullfinch", "Catkin",
    "Charlock", "Cinder", "Clover", "Cobble", "Comfrey", "Copper", "Cornflower", "Cricket", "Curlew",
    "Damson", "Dapple", "Dewdrop", "Drizzle", "Dunnock", "Elder", "Ember", "Fennel", "Fern", "Firefly",
    "Flax", "Foxglove", "Frost", "Gorse", "Gosling", "Hailstone", "Hazel", "Heron", "Honey", "Iris",
    "Juniper", "Kestrel", "Kettle", "Lantern", "Lapwing", "Larch", "Lattice", "Linden", "Linnet",
    "Marigold", "Medlar", "Mistle", "Nettle", "Nuthatch", "Oriel", "Pebble", "Pepper", "Pippin", "Plover",
    "Quartz", "Quince", "Rainbow", "Ribbon", "Rowan", "Saffron", "Shuttle", "Skylark", "Sorrel", "Spindle",
    "Starling", "Sundew", "Tallow", "Tansy", "Teasel", "Thimble", "Thistle", "Treacle", "Velvet", "Wagtail",
    "Weaver", "Willow",
)  # fmt: skip
_LAST = (
    "bank", "beck", "bow", "brook", "croft", "dale", "dene", "fen", "field", "gate", "grove", "heath",
    "loom", "mere", "moor", "mill", "ridge", "shaw", "stitch", "wick",
)  # fmt: skip
SURNAMES = tuple(first + last for first in _FIRST for last in _LAST)

GIRLS = (
    "Aaliyah", "Abigail", "Ada", "Adaeze", "Agnieszka", "Aisha", "Alba", "Alice", "Amara", "Amelia", "Amina",
    "Ana", "Anaya", "Anika", "Anwen", "Aoife", "Aria", "Ava", "Ayesha", "Beatrice", "Bethan", "Bronte",
    "Carys", "Catrin", "Cerys", "Chiara", "Chloe", "Clara", "Daisy", "Dalia", "Darcey", "Diya", "Edith",
    "Efa", "Eleanor", "Elena", "Elif", "Eliza", "Ella", "Elsie", "Emilia", "Esme", "Esther", "Eva", "Evie",
    "Farah", "Fatima", "Fearne", "Flora", "Florence", "Freya", "Gabriela", "Georgia", "Grace", "Hafsa",
    "Halima", "Hana", "Hannah", "Harriet", "Heidi", "Holly", "Ifeoma", "Imogen", "Inaya", "Ines", "Iona",
    "Isla", "Ivy", "Jasmine", "Jia", "Joanna", "Kasia", "Keira", "Khadija", "Kiran", "Lara", "Layla", "Leila",
    "Lily", "Lola", "Lucy", "Luna", "Mabel", "Maisie", "Maja", "Malaika", "Maria", "Maryam", "Matilda",
    "Mei", "Mila", "Millie", "Mina", "Molly", "Nadia", "Naomi", "Niamh", "Nia", "Noor", "Nyah", "Olivia",
    "Ophelia", "Orla", "Penelope", "Phoebe", "Poppy", "Priya", "Rania", "Rosa", "Rosie", "Ruby", "Ruth",
    "Safiya", "Saoirse", "Sara", "Scarlett", "Selina", "Sienna", "Simran", "Sofia", "Sophie", "Suri",
    "Tabitha", "Tara", "Thea", "Tilly", "Uma", "Violet", "Wanda", "Willa", "Yara", "Yasmin", "Zahra", "Zara",
    "Zofia", "Zoya",
)  # fmt: skip
BOYS = (
    "Aarav", "Abdul", "Adam", "Adeyemi", "Ahmed", "Aidan", "Albert", "Alexander", "Alfie", "Amir", "Andrei",
    "Anton", "Arjun", "Arlo", "Arthur", "Asher", "Ayaan", "Bartosz", "Benjamin", "Bilal", "Blake", "Bodhi",
    "Caleb", "Callum", "Carlos", "Chidi", "Christopher", "Conor", "Cyrus", "Dafydd", "Daniel", "Darius",
    "David", "Dexter", "Dylan", "Edward", "Eesa", "Elijah", "Elliot", "Emeka", "Emre", "Ethan", "Ezra",
    "Faisal", "Felix", "Filip", "Finley", "Francis", "Frank", "Frederick", "Gabriel", "George", "Gethin",
    "Gurpreet", "Hamza", "Harrison", "Harry", "Haruki", "Hassan", "Henry", "Hugo", "Ibrahim", "Idris",
    "Isaac", "Ismail", "Jack", "Jacob", "Jakub", "James", "Jasper", "Jay", "Joseph", "Joshua", "Jude", "Kai",
    "Kareem", "Kofi", "Kwame", "Laszlo", "Leo", "Levi", "Lewis", "Liam", "Logan", "Louis", "Luca", "Luka",
    "Malachi", "Mateusz", "Matthew", "Max", "Mehmet", "Michael", "Mohammed", "Musa", "Nathan", "Nikhil",
    "Noah", "Oliver", "Omar", "Oscar", "Osian", "Otis", "Owen", "Patrick", "Pavel", "Rafael", "Raj", "Ravi",
    "Reuben", "Rhys", "Roman", "Rory", "Rowan", "Ryan", "Samir", "Samuel", "Sebastian", "Soren", "Stanley",
    "Tariq", "Teddy", "Thomas", "Tobias", "Tomasz", "Umar", "Victor", "Vihaan", "Wilfred", "Xavier",
    "Yusuf", "Zachary", "Zain", "Zayd",
)  # fmt: skip
ADULTS = (
    "Adele", "Agnes", "Alan", "Amanda", "Anand", "Angela", "Anita", "Barbara", "Brian", "Bridget", "Carl",
    "Carol", "Chandra", "Colin", "Davina", "Deborah", "Dennis", "Denise", "Dominic", "Elaine", "Fergus",
    "Fiona", "Gareth", "Geraldine", "Glenda", "Graham", "Gwen", "Hassan", "Hazel", "Helen", "Ian", "Imelda",
    "Jacqueline", "Janet", "Jonathan", "Joy", "Karen", "Keith", "Lakshmi", "Laura", "Leon", "Linda", "Lorna",
    "Malcolm", "Marcus", "Marion", "Martin", "Meera", "Mohsin", "Moira", "Nadine", "Natalie", "Neil", "Nigel",
    "Olga", "Pamela", "Paul", "Paulette", "Philip", "Rachel", "Ramesh", "Rebecca", "Robert", "Rukhsana",
    "Sandra", "Sanjay", "Sean", "Sharon", "Simon", "Stella", "Steven", "Susan", "Tanya", "Teresa", "Trevor",
    "Ursula", "Vanessa", "Vikram", "Winston", "Yvonne", "Zelda",
)  # fmt: skip
STREETS = tuple(
    f"{first} {kind}" for kind in ("Lane", "Road", "Close", "Street", "Row", "Green") for first in _FIRST[::2]
)
TOWNS = (
    "Bobbinford", "Great Skein", "Little Skein", "Warpington", "Weftbury", "Shuttle Magna", "Needlecombe",
    "Spindleton", "Loomworth-on-Thread", "Tasselby", "Hemsgate", "Buttonhurst", "Cottonbridge", "Flaxminster",
    "Selvedge St Mary", "Darning Parva",
)  # fmt: skip
# Ofcom's numbers for drama, less the last three figures.
_DRAMA = (
    "01632 960", "03069 990", "0113 496 0", "0114 496 0", "0115 496 0", "0116 496 0", "0117 496 0",
    "0118 496 0", "0121 496 0", "0131 496 0", "0141 496 0", "0151 496 0", "0161 496 0", "020 7946 0",
    "0191 498 0", "028 9649 6", "029 2018 0", "0808 157 0",
)  # fmt: skip
INWARD = "ABDEFGHJLNPQRSTUWXYZ"


def surname(random: Random) -> str:
    """An invented surname."""
    return SURNAMES[int(random.random() * len(SURNAMES))]


def forename(random: Random, sex: str | None) -> str:
    """A forename for a child or young person."""
    choice = BOYS if sex == "M" else GIRLS
    return choice[int(random.random() * len(choice))]


def adult(random: Random) -> str:
    """A forename for an adult."""
    return ADULTS[int(random.random() * len(ADULTS))]


def postcode(random: Random, outward: str = "ZZ99") -> str:
    """A postcode of the ZZ99 range: it passes the check of its pattern and stands for no place.

    `outward` gives another first half, for places beyond the county.
    """
    first, second = (INWARD[int(random.random() * len(INWARD))] for _ in range(2))
    return f"{outward} {int(random.random() * 10)}{first}{second}"


def street(random: Random) -> str:
    """A house number and street."""
    return f"{1 + int(random.random() * 140)} {STREETS[int(random.random() * len(STREETS))]}"


def town(random: Random) -> str:
    """A town of the county."""
    return TOWNS[int(random.random() * len(TOWNS))]


def line(number: int) -> str:
    """One of the phone numbers that Ofcom keeps for drama: 18,000 differ, then they come again."""
    start = _DRAMA[number // 1000 % len(_DRAMA)]
    return f"{start}{number * 397 % 1000:03d}"


def landline(random: Random) -> str:
    """A phone number from Ofcom's drama range for no area."""
    return f"01632 960{int(random.random() * 1000):03d}"


def mobile(random: Random) -> str:
    """A mobile number from Ofcom's drama range."""
    return f"07700 900{int(random.random() * 1000):03d}"


def email(given: str, family: str, number: int | str = "", domain: str = "family.example.org") -> str:
    """An address that can receive nothing: every part of example.org is kept for examples."""
    return f"{given}.{family}{number}@{domain}".lower().replace(" ", "-")
