using Ecart.Rules;

namespace Ecart.Detection;

/// <summary>Exceptions in force with their rules compiled. Immutable and safe to share between threads.</summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
public sealed class ExceptionSet<TContext>
    where TContext : allows ref struct
{
    private readonly (ExceptionPattern Exception, RuleExpression<TContext>? Rule)[] exceptions;

    /// <summary>Compiles the rules of exceptions; one whose rule cannot be compiled is left out and noted.</summary>
    public ExceptionSet(IReadOnlyList<ExceptionPattern> patterns, RuleFields<TContext> fields)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        ArgumentNullException.ThrowIfNull(fields);
        var usable = new List<(ExceptionPattern, RuleExpression<TContext>?)>();
        var notices = new List<ExceptionNotice>();
        foreach (ExceptionPattern pattern in patterns)
        {
            RuleExpression<TContext>? rule = null;
            if (pattern.RuleExpression is { } text && !fields.TryCompile(text, out rule, out RuleError? error))
                notices.Add(new ExceptionNotice(pattern.Id, error));
            else
                usable.Add((pattern, rule));
        }

        exceptions = [.. usable];
        Notices = notices;
    }

    /// <summary>Exceptions that silence nothing because their rules are wrong: for the people who set them.</summary>
    public IReadOnlyList<ExceptionNotice> Notices { get; }

    /// <summary>The first exception that covers an event by entity, time, pattern and rule, of what it gives of these.</summary>
    /// <returns>Its id; 0 for none.</returns>
    public long Find(
        in TContext context, string entityType, string entityId, DateTime occurredAt, ReadOnlySpan<float> embedding, int embeddingVersion)
    {
        foreach ((ExceptionPattern exception, RuleExpression<TContext>? rule) in exceptions)
        {
            if (exception.Matches(entityType, entityId, occurredAt, embedding, embeddingVersion) && (rule is null || rule.Matches(in context)))
                return exception.Id;
        }

        return 0;
    }
}
