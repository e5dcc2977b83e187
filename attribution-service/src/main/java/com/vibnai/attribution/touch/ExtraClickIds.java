package com.vibnai.attribution.touch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Set;

/** Takes the click ids that the operator named out of a body. Every other unknown field is skipped unread. */
@Singleton
public class ExtraClickIds implements ObjectMapperCustomizer {

    private final Set<String> names;

    ExtraClickIds(TouchConfig config) {
        this.names = config.clickIds().orElse(Set.of());
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.addHandler(new DeserializationProblemHandler() {
            @Override
            public boolean handleUnknownProperty(
                    DeserializationContext context,
                    JsonParser parser,
                    JsonDeserializer<?> deserializer,
                    Object bean,
                    String name)
                    throws IOException {
                return bean instanceof TouchFields touch && names.contains(name) && take(touch, name, parser);
            }
        });
    }

    private static boolean take(TouchFields touch, String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            touch.extraClickIds.put(name, parser.getText());
        } else {
            parser.skipChildren();
        }
        return true;
    }
}
