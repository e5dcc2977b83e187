package com.vibnai.attribution.conversion;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;

/** Text, a number without loss, or a truth value. Anything else becomes {@link Unfit}, for there may be no need of it. */
final class PropertyReader extends StdDeserializer<Object> {

    private static final long serialVersionUID = 1L;

    PropertyReader() {
        super(Object.class);
    }

    /** A value that no property can have. */
    enum Unfit {
        UNFIT
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> {
                parser.skipChildren();
                yield Unfit.UNFIT;
            }
        };
    }

    private static Object number(BigDecimal value) {
        return Money.isExact(value) ? value : Unfit.UNFIT;
    }
}
