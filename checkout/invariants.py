"""What must hold at every moment, one SQL each, on both databases. Each answers with the rows that break it: none."""

INVARIANTS: dict[str, str] = {
    "I1 a stock promises no more than it holds": """
        SELECT id FROM catalog_stock WHERE allocated < 0 OR allocated > on_hand""",
    "I2 a stock's promise is the sum of its allocations": """
        SELECT s.id FROM catalog_stock s LEFT JOIN checkout_allocation a ON a.stock_id = s.id
        GROUP BY s.id, s.allocated HAVING s.allocated <> COALESCE(SUM(a.quantity), 0)""",
    "I3 only orders that still wait to be sent hold stock": """
        SELECT a.id FROM checkout_allocation a JOIN checkout_orderline l ON l.id = a.line_id
        JOIN checkout_order o ON o.id = l.order_id
        WHERE o.status IN ('canceled', 'expired', 'fulfilled') OR a.quantity <> l.quantity""",
    "I4 a checkout is one order, a payment one row": """
        SELECT order_id FROM checkout_transactionitem WHERE status = 'charged'
        GROUP BY order_id, psp_reference HAVING COUNT(*) > 1""",
    "I5a an order is the sum of its lines and fees": """
        SELECT o.id FROM checkout_order o
        WHERE o.subtotal_minor <> (SELECT COALESCE(SUM(total_minor), 0) FROM checkout_orderline WHERE order_id = o.id)
           OR o.total_minor <> o.subtotal_minor + o.shipping_minor""",
    "I5b the merchants' parts are the order": """
        SELECT o.id FROM checkout_order o
        WHERE o.total_minor <> (
            SELECT COALESCE(SUM(total_minor), 0) FROM checkout_merchantorder WHERE order_id = o.id)""",
    "I5c a merchant's part is the sum of its lines": """
        SELECT m.id FROM checkout_merchantorder m
        WHERE m.subtotal_minor <> (
            SELECT COALESCE(SUM(total_minor), 0) FROM checkout_orderline WHERE merchant_order_id = m.id)""",
    "I6 cash in the journal is what was charged less what went back": """
        SELECT o.id FROM checkout_order o
        WHERE (SELECT COALESCE(SUM(charged_minor), 0) FROM checkout_transactionitem
               WHERE order_id = o.id AND status = 'charged')
            - (SELECT COALESCE(SUM(amount_minor), 0) FROM checkout_refund
               WHERE order_id = o.id AND status = 'succeeded')
           <> (SELECT COALESCE(SUM(p.amount_minor), 0) FROM checkout_journalposting p
               JOIN checkout_journaltransaction t ON t.id = p.transaction_id
               WHERE t.order_id = o.id AND p.account = 'cash')""",
    "I7 every transaction of the journal sums to zero": """
        SELECT transaction_id FROM checkout_journalposting GROUP BY transaction_id HAVING SUM(amount_minor) <> 0""",
    "I9 no line gives back more than was paid, and parts are their refund": """
        SELECT l.id FROM checkout_orderline l
        WHERE l.refunded_minor <> (
            SELECT COALESCE(SUM(p.amount_minor), 0) FROM checkout_refundpart p
            JOIN checkout_refund r ON r.id = p.refund_id WHERE p.line_id = l.id AND r.status <> 'failed')
           OR l.refunded_minor > l.total_minor""",
    "I10a a paid order has told of it, once": """
        SELECT o.id FROM checkout_order o
        WHERE o.charge_status = 'full'
          AND (SELECT COUNT(*) FROM checkout_outboxrow b WHERE b.key = 'order_paid:' || o.id) <> 1""",
    "I10b a refund of a paid order has told of it, once": """
        SELECT r.id FROM checkout_refund r
        WHERE r.status = 'succeeded' AND EXISTS (SELECT 1 FROM checkout_refundpart p WHERE p.refund_id = r.id)
          AND (SELECT COUNT(*) FROM checkout_outboxrow b WHERE b.key = 'refund_succeeded:' || r.id) <> 1""",
    "no money is kept without an order": """
        SELECT t.id FROM checkout_transactionitem t JOIN checkout_order o ON o.id = t.order_id
        WHERE t.status = 'charged' AND o.charge_status <> 'full'
          AND NOT EXISTS (SELECT 1 FROM checkout_refund r WHERE r.transaction_id = t.id AND r.status <> 'failed')""",
}
