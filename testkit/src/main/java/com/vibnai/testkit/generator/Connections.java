package com.vibnai.testkit.generator;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database that is filled. */
@FunctionalInterface
public interface Connections {

    /** A new connection, which the caller closes. */
    Connection open() throws SQLException;
}
