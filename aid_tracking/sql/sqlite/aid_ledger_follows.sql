-- What is already there is looked for here too: INSERT OR REPLACE would delete it without the trigger on DELETE.
CREATE TRIGGER aid_ledger_follows BEFORE INSERT ON aid_tracking_ledgerentry
BEGIN
    SELECT RAISE(ABORT, 'an entry follows the last one of the aid ledger')
    WHERE NEW.seq <> COALESCE((SELECT max(seq) FROM aid_tracking_ledgerentry), 0) + 1
       OR NEW.prev_hash <> COALESCE(
              (SELECT hash FROM aid_tracking_ledgerentry WHERE seq = NEW.seq - 1),
              '0000000000000000000000000000000000000000000000000000000000000000'
          )
       OR EXISTS (SELECT 1 FROM aid_tracking_ledgerentry WHERE hash = NEW.hash);

    SELECT RAISE(ABORT, 'a line counts once for a campaign')
    WHERE NEW.reverses_seq IS NULL
      AND 0 <> (
          SELECT COALESCE(sum(amount_minor), 0) FROM aid_tracking_ledgerentry
          WHERE source = NEW.source AND line_id = NEW.line_id AND campaign_id = NEW.campaign_id
      );

    SELECT RAISE(ABORT, 'this event was already counted for this line and campaign')
    WHERE EXISTS (
        SELECT 1 FROM aid_tracking_ledgerentry
        WHERE source = NEW.source AND line_id = NEW.line_id AND campaign_id = NEW.campaign_id
          AND event_key = NEW.event_key AND round = NEW.round
    );

    SELECT RAISE(ABORT, 'a reversal takes back more than was counted')
    WHERE NEW.reverses_seq IS NOT NULL
      AND 0 > NEW.amount_minor + (
          SELECT COALESCE(sum(amount_minor), 0) FROM aid_tracking_ledgerentry
          WHERE source = NEW.source AND line_id = NEW.line_id AND campaign_id = NEW.campaign_id
            AND (seq = NEW.reverses_seq OR reverses_seq = NEW.reverses_seq)
      );
END
