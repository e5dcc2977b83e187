package com.vibnai.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was sent, and what the service said it keeps: the campaign of each user's first touch. */
final class Ledger {

    private final Map<String, Set<String>> sent = new ConcurrentHashMap<>();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    /** Before a signup goes out. */
    void sending(String user, String campaign) {
        sent.computeIfAbsent(user, ignored -> ConcurrentHashMap.newKeySet()).add(campaign);
    }

    /** After a 2xx. Answers false if the service once said something else. */
    boolean acknowledge(String user, String campaign) {
        String before = acknowledged.putIfAbsent(user, campaign);
        return before == null || before.equals(campaign);
    }

    /**
     * How the database differs from what was acknowledged.
     *
     * @param missing acknowledged, not there
     * @param changed there with another first touch than the acknowledged
     * @param doubled there more than once
     * @param invented there with a first touch that nobody sent
     */
    record Difference(int acknowledged, int missing, int changed, int doubled, int invented) {

        boolean none() {
            return missing + changed + doubled + invented == 0;
        }
    }

    /** Reads the whole table. */
    Difference compare(Connection connection) throws SQLException {
        Map<String, String> promised = new HashMap<>(acknowledged);
        Map<String, String> stored = new HashMap<>();
        int doubled = 0;
        int invented = 0;
        try (Statement statement = connection.createStatement();
                // A damaged index must not hide a row.
                ResultSet rows = scan(statement)) {
            while (rows.next()) {
                String user = rows.getString(1);
                String campaign = rows.getString(2);
                if (stored.put(user, campaign) != null) {
                    doubled++;
                }
                if (!sent.getOrDefault(user, Set.of()).contains(campaign)) {
                    invented++;
                }
            }
        }
        int missing = 0;
        int changed = 0;
        for (Map.Entry<String, String> promise : promised.entrySet()) {
            String campaign = stored.get(promise.getKey());
            if (campaign == null) {
                missing++;
            } else if (!campaign.equals(promise.getValue())) {
                changed++;
            }
        }
        return new Difference(promised.size(), missing, changed, doubled, invented);
    }

    private static ResultSet scan(Statement statement) throws SQLException {
        statement.execute("SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off");
        return statement.executeQuery("SELECT user_id, utm_campaign FROM attributions");
    }
}
