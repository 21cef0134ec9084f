"""The merchant's console: what the people of one merchant see and do. `gate.console_page` guards every page."""
