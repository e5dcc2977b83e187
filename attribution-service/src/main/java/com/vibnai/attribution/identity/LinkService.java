package com.vibnai.attribution.identity;

import com.vibnai.attribution.identity.LinkRepository.StoredLink;
import com.vibnai.attribution.identity.LinkWriter.NewLink;
import com.vibnai.attribution.platform.ErasedUser;
import com.vibnai.attribution.platform.Page;
import com.vibnai.attribution.platform.json.BatchEntry;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.ProblemType;
import com.vibnai.attribution.platform.security.Trust;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores links and works out what they mean for a user. */
@ApplicationScoped
class LinkService {

    private final Pool database;
    private final LinkWriter writer;
    private final LinkRepository links;
    private final IdentityConfig config;
    private final InstantSource clock = InstantSource.system();

    LinkService(Pool database, LinkWriter writer, LinkRepository links, IdentityConfig config) {
        this.database = database;
        this.writer = writer;
        this.links = links;
        this.config = config;
    }

    Uni<LinkResponse> add(LinkRequest request, Trust trust) {
        return writer.add(database, List.of(request.toNewLink(clock.instant(), trust)))
                .map(outcomes -> answer(outcomes.get(0)));
    }

    private static LinkResponse answer(LinkOutcome outcome) {
        if (outcome == LinkOutcome.REFUSED) {
            throw ApiException.of(
                    ProblemType.CONFLICT, "This user has too many links, or this session too many users.");
        }
        return new LinkResponse(outcome == LinkOutcome.CREATED);
    }

    /** Adds what is right; says of each entry what became of it. */
    Uni<LinkBatchResponse> add(List<BatchEntry<LinkRequest>> entries) {
        Instant now = clock.instant();
        List<NewLink> valid = new ArrayList<>();
        for (BatchEntry<LinkRequest> entry : entries) {
            if (entry.value() != null) {
                valid.add(entry.value().toNewLink(now, Trust.SERVER));
            }
        }
        Uni<List<LinkOutcome>> outcomes = valid.isEmpty()
                ? Uni.createFrom().item(List.of())
                : ErasedUser.writeOthers(valid, some -> writer.add(database, some), LinkOutcome.ERASED);
        return outcomes.map(List::iterator)
                .map(outcome -> new LinkBatchResponse(entries.stream()
                        .map(entry -> new LinkBatchResponse.Item(
                                entry.index(),
                                entry.value() == null ? 400 : outcome.next().status(),
                                entry.errors()))
                        .toList()));
    }

    /** Takes a link back: what it claimed goes to whoever would have it without the link. */
    Uni<Void> unlink(UUID id, String reason) {
        return links.unlink(id, reason)
                .invoke(known -> {
                    if (!known) {
                        throw ApiException.of(ProblemType.NOT_FOUND, "There is no such link.");
                    }
                })
                .replaceWithVoid();
    }

    /** The stretches that are the user's in a page of {@code limit} of their sessions. */
    Uni<Page<SegmentResponse>> segments(String userId, int limit, @Nullable SessionKey after) {
        return links.ofSessionsOf(userId, after, limit + 1).map(found -> page(userId, limit, found));
    }

    private Page<SegmentResponse> page(String userId, int limit, List<StoredLink> found) {
        Map<SessionKey, List<StoredLink>> bySession = new LinkedHashMap<>();
        found.forEach(stored -> bySession
                .computeIfAbsent(stored.link().session(), key -> new ArrayList<>())
                .add(stored));
        Page<SessionKey> sessions = Page.of(List.copyOf(bySession.keySet()), limit, key -> key, SessionCursor::write);
        List<SegmentResponse> segments = sessions.items().stream()
                .flatMap(session -> segments(userId, bySession.getOrDefault(session, List.of())).stream())
                .toList();
        return new Page<>(segments, sessions.nextCursor());
    }

    private List<SegmentResponse> segments(String userId, List<StoredLink> stored) {
        Map<UUID, String> sources =
                stored.stream().collect(Collectors.toMap(one -> one.link().id(), StoredLink::source));
        Ownership ownership =
                new Ownership(stored.stream().map(StoredLink::link).toList(), config.grace());
        boolean shared = ownership.isShared();
        return ownership.segments().stream()
                .filter(segment -> segment.link().userId().equals(userId))
                .map(segment -> SegmentResponse.of(
                        segment,
                        shared,
                        Objects.requireNonNull(sources.get(segment.link().id()))))
                .toList();
    }
}
