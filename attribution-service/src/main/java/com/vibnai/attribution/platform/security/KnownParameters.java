package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.FieldError;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                .filter(name -> !names.contains(name) && !name.equals(ApiKeyAuthentication.KEY_PARAMETER))
                .sorted()
                .map(name -> new FieldError(name, "is not a parameter of this call"))
                .toList();
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
    }

    private static Set<String> names(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(parameter -> parameter.isAnnotationPresent(BeanParam.class)
                        ? Arrays.stream(parameter.getType().getDeclaredFields())
                                .flatMap(field -> name(field, field.getName()))
                        : name(parameter, parameter.getName()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> name(AnnotatedElement parameter, String ownName) {
        RestQuery query = parameter.getAnnotation(RestQuery.class);
        return query == null ? Stream.of() : Stream.of(query.value().isEmpty() ? ownName : query.value());
    }
}
