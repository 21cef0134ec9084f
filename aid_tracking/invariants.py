"""What must hold between what was paid and what was counted, one SQL each. Each answers with the rows that break it."""

INVARIANTS: dict[str, str] = {
    "I8 a campaign's total is the sum of its entries": """
        SELECT c.id FROM aid_tracking_campaign c
        WHERE (SELECT COALESCE(SUM(amount_minor), 0) FROM aid_tracking_ledgerentry e WHERE e.campaign_id = c.id)
           <> (SELECT COALESCE(SUM(
                  measured_direct_goods_minor + measured_direct_service_minor
                  + measured_helped_goods_minor + measured_helped_service_minor
                  + declared_direct_goods_minor + declared_direct_service_minor
                  + declared_helped_goods_minor + declared_helped_service_minor), 0)
               FROM aid_tracking_total t WHERE t.campaign_id = c.id AND t.slice_kind = 'all')""",
    "what a line counts is between nothing and what was paid": """
        SELECT e.campaign_id, e.line_id FROM aid_tracking_ledgerentry e JOIN checkout_orderline l ON l.id = e.line_id
        GROUP BY e.campaign_id, e.line_id, l.total_minor
        HAVING SUM(e.amount_minor) < 0 OR SUM(e.amount_minor) > l.total_minor""",
    "the shop's own total is what was paid for lines and not given back": """
        SELECT l.id FROM checkout_orderline l
        JOIN checkout_outboxrow b ON b.key = 'order_paid:' || l.order_id AND b.processed_at IS NOT NULL
        WHERE l.total_minor - (
            SELECT COALESCE(SUM(p.amount_minor), 0) FROM checkout_refundpart p
            JOIN checkout_outboxrow r ON r.key = 'refund_succeeded:' || p.refund_id AND r.processed_at IS NOT NULL
            WHERE p.line_id = l.id AND NOT EXISTS (
                SELECT 1 FROM checkout_outboxrow f
                WHERE f.key = 'refund_failed:' || p.refund_id AND f.processed_at IS NOT NULL))
          <> (SELECT COALESCE(SUM(e.amount_minor), 0) FROM aid_tracking_ledgerentry e
              JOIN aid_tracking_campaign c ON c.id = e.campaign_id AND c.is_root
              WHERE e.source = 'order' AND e.line_id = l.id)""",
}
