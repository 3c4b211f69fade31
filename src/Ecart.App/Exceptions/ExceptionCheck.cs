using System.Globalization;
using Ecart.MariaDb.Exceptions;
using Ecart.Rules;

namespace Ecart.App.Exceptions;

/// <summary>Checks an exception that somebody asks for. Thread-safe.</summary>
internal sealed class ExceptionCheck(string connectionString, bool needsApproval)
{
    /// <summary>Days that an exception is valid where nobody says otherwise.</summary>
    public const int DefaultDays = 30;

    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 2000;

    private const int MostDays = 3660;
    private const int LongestType = 16;
    private const int LongestId = 128;
    private const double LargestRadius = 1000;

    /// <summary>Checks.</summary>
    /// <returns>What can be made, or the first fault.</returns>
    public async Task<(ExceptionDraft? Draft, ExceptionFault? Fault)> RunAsync(ExceptionWish wish, bool toMake, CancellationToken cancellationToken)
    {
        if (await ExceptionDomain.FindAsync(connectionString, wish.Domain, cancellationToken).ConfigureAwait(false) is not { } domain)
            return Fault("domain", wish.Domain, "exceptions.fault.domain");
        string? type = Given(wish.EntityType), id = Given(wish.EntityId, trims: false), uid = Given(wish.EventUid, trims: false), rule = Given(wish.Rule);
        if (type?.Length > LongestType) return Fault("entity_type", type, "exceptions.fault.long", LongestType);
        if (id?.Length > LongestId) return Fault("entity_id", id, "exceptions.fault.long", LongestId);
        if (id is not null && type is null) return Fault("entity_type", null, "exceptions.fault.entity_type");
        if (id is null && uid is null && rule is null) return Fault("entity_id", null, "exceptions.fault.everything");
        if (rule is not null && domain.Settings.CheckRule(rule) is { } error) return (null, Of(error, rule));
        string reason = Given(wish.Reason) ?? "";
        if (toMake && reason.Length == 0) return Fault("reason", null, "exceptions.fault.reason");
        if (reason.Length > LongestReason) return Fault("reason", reason, "exceptions.fault.long", LongestReason);
        ExceptionSubject? alert = null;
        if (wish.AlertId is { } alertId)
        {
            alert = await domain.Evidence.FindAlertAsync(alertId, cancellationToken).ConfigureAwait(false);
            if (alert is null) return Fault("alert_id", alertId.ToString(CultureInfo.InvariantCulture), "exceptions.fault.alert");
        }

        (ExceptionPatternPart? pattern, ExceptionFault? fault) = await PatternAsync(domain, wish, uid, alert, cancellationToken).ConfigureAwait(false);
        if (fault is not null) return (null, fault);
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        (DateTime from, DateTime until, fault) = Validity(wish, alert, now);
        if (fault is not null) return (null, fault);
        return (
            new ExceptionDraft(domain.Domain.Name, reason, from, until)
            {
                EntityType = type,
                EntityId = id,
                Pattern = pattern,
                Rule = rule,
                Kind = pattern is not null ? ExceptionKind.KnownPattern : from > now ? ExceptionKind.Scheduled : ExceptionKind.Temporary,
                AlertId = wish.AlertId,
                NeedsApproval = needsApproval,
            },
            null);
    }

    private static async Task<(ExceptionPatternPart?, ExceptionFault?)> PatternAsync(
        ExceptionDomain domain, ExceptionWish wish, string? uid, ExceptionSubject? alert, CancellationToken cancellationToken)
    {
        if (uid is null) return wish.Radius is null ? (null, null) : (null, new ExceptionFault("event_uid", null, "exceptions.fault.pattern"));
        if (uid.Length > LongestId) return (null, new ExceptionFault("event_uid", uid, "exceptions.fault.long", LongestId));
        if (wish.Radius is { } given && !(given > 0 && given <= LargestRadius))
            return (null, new ExceptionFault("radius", given.ToString(CultureInfo.InvariantCulture), "exceptions.fault.radius", LargestRadius));
        ExceptionSubject? subject = alert is not null && alert.EventUid == uid
            ? alert
            : await domain.Evidence.FindEventAsync(uid, domain.EntityType, cancellationToken).ConfigureAwait(false);
        if (subject is null) return (null, new ExceptionFault("event_uid", uid, "exceptions.fault.event"));
        double radius = wish.Radius ?? (await domain.Evidence.MeasureAsync(subject, cancellationToken).ConfigureAwait(false)).Proposed;
        return (new ExceptionPatternPart(subject.Vector, radius, subject.EmbeddingVersion), null);
    }

    /// <summary>
    /// Event time decides whether an exception holds: one that is made from an alert holds from that event on, so that it works in a stream of the past too.
    /// </summary>
    private static (DateTime From, DateTime Until, ExceptionFault? Fault) Validity(ExceptionWish wish, ExceptionSubject? alert, DateTime now)
    {
        DateTime from = Utc(wish.ValidFrom) ?? (alert is not null && alert.OccurredAt < now ? alert.OccurredAt : now);
        if (wish.Days is not null and not (>= 1 and <= MostDays))
            return (from, from, new ExceptionFault("days", wish.Days.Value.ToString(CultureInfo.InvariantCulture), "exceptions.fault.days", MostDays));
        DateTime until = Utc(wish.ValidUntil) ?? (from > now ? from : now).AddDays(wish.Days ?? DefaultDays);
        if (until <= from || until <= now) return (from, until, new ExceptionFault("valid_until", Text(until), "exceptions.fault.until", Text(from)));
        if (until > now.AddDays(MostDays) || from < now.AddDays(-MostDays * 10)) return (from, until, new ExceptionFault("valid_until", Text(until), "exceptions.fault.far", MostDays));
        return (from, until, null);
    }

    private static ExceptionFault Of(RuleError error, string rule) =>
        new("rule", rule, "exceptions.fault.rule", error.Position, error.Found, error.Expected, error.Suggestion.Length > 0 ? " " + error.Suggestion : "");

    private static (ExceptionDraft?, ExceptionFault?) Fault(string field, string? value, string text, params object?[] values) => (null, new ExceptionFault(field, value, text, values));

    private static DateTime? Utc(DateTime? time) => time is { } known ? (known.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(known, DateTimeKind.Utc) : known.ToUniversalTime()) : null;

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Ids are compared byte by byte: a blank at an end is part of one.</summary>
    private static string? Given(string? text, bool trims = true) => string.IsNullOrWhiteSpace(text) ? null : trims ? text.Trim() : text;
}
