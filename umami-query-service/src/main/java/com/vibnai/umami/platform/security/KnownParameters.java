package com.vibnai.umami.platform.security;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.platform.problem.FieldError;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A query parameter that a call does not have is an error: a misspelt filter must not answer everything. */
public final class KnownParameters {

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void refuseUnknown(ResourceInfo resource, UriInfo uri) {
        if (uri.getQueryParameters().isEmpty()) {
            return;
        }
        Set<String> names = known.computeIfAbsent(resource.getResourceMethod(), KnownParameters::names);
        List<FieldError> errors = uri.getQueryParameters().keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .map(name -> new FieldError(name, "is not a parameter of this call"))
                .toList();
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
    }

    private static Set<String> names(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RestQuery.class))
                .map(KnownParameters::name)
                .collect(Collectors.toSet());
    }

    private static String name(Parameter parameter) {
        String value = parameter.getAnnotation(RestQuery.class).value();
        return value.isEmpty() ? parameter.getName() : value;
    }
}
