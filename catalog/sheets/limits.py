"""What a file may cost before anybody looks into it. Exceeding one is a plain refusal that names the limit."""

MOST_BYTES = 20 << 20
MOST_UNZIPPED = 256 << 20
MOST_MEMBERS = 200
MOST_ROWS = 50_000  # rows of goods
MOST_FILE_ROWS = 60_000  # the last row with anything in it
MOST_COLUMNS = 100
MOST_CELLS = 4_000_000  # also of the rectangle that they lie in
MOST_CELL = 32_767  # characters: what Excel itself allows
HEADER_ROWS = 20  # within which the header must be
