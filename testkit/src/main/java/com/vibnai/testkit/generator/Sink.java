package com.vibnai.testkit.generator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes rows; leaves out the columns and tables that the schema does not have. */
interface Sink {

    void row(String table, Map<String, @Nullable Object> values);
}
