package com.vibnai.attribution.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Times are RFC 3339 text. A number could be seconds or milliseconds, so it is refused. */
final class TimeReader extends StdDeserializer<OffsetDateTime> {

    private static final long serialVersionUID = 1L;

    TimeReader() {
        super(OffsetDateTime.class);
    }

    @Override
    public OffsetDateTime deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw context.wrongTokenException(parser, OffsetDateTime.class, JsonToken.VALUE_STRING, "a time is text");
        }
        try {
            return OffsetDateTime.parse(parser.getText());
        } catch (DateTimeException e) {
            throw context.weirdStringException("", OffsetDateTime.class, "no RFC 3339 time");
        }
    }
}
