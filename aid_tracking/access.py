"""Who may read zones, campaigns and totals: everybody. Sums name no buyer; no function here fetches a person's row."""

API_RULES = {
    "Query.zones": "public",
    "Query.zone": "public",
    "Query.campaigns": "public",
    "Query.campaign": "public",
}
API_TYPES = {"AidDay": "public", "AidTotal": "public", "Campaign": "public", "Zone": "public"}
