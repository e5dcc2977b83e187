package com.vibnai.stage;

import com.vibnai.testkit.umami.UmamiStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stand-in for Umami where {@code docker/prove} cannot pull the real image: takes {@code DATABASE_URL} as that one does,
 * makes its tables at its first start, listens on port 3000.
 */
public final class UmamiContainer {

    private static final int PORT = 3000;

    private UmamiContainer() {}

    /** Runs until it is ended. */
    public static void main(String[] arguments) throws SQLException, IOException {
        System.setProperty("vertx.disableFileCPResolving", "false");
        URI address = URI.create(System.getenv("DATABASE_URL"));
        String[] credentials = address.getUserInfo().split(":", 2);
        String url = "jdbc:postgresql://" + address.getHost() + ":" + address.getPort() + address.getPath() + "?user="
                + credentials[0] + "&password=" + credentials[1];
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (!hasTables(statement)) {
                for (String generation : List.of("v2_13", "v2_18", "v3_1")) {
                    statement.execute(script("/umami/schema/" + generation + ".sql"));
                }
            }
        }
        UmamiStandIn.start(UmamiStandIn.Options.on(url).at("0.0.0.0", PORT));
    }

    private static boolean hasTables(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT to_regclass('website') IS NOT NULL")) {
            return found.next() && found.getBoolean(1);
        }
    }

    private static String script(String path) throws IOException {
        try (@Nullable InputStream script = UmamiStandIn.class.getResourceAsStream(path)) {
            if (script == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
