using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.Streaming.Explanation;

/// <summary>A domain whose verdicts are reproduced: how its events are read and its engines are made. Thread-safe when its functions are.</summary>
/// <param name="Name">The domain.</param>
/// <param name="MakeTable">How its events are rows.</param>
/// <param name="MakeEngine">Makes an engine of settings as JSON, their version, patterns and models.</param>
/// <param name="Severity">Score bands of settings as JSON.</param>
/// <param name="FeatureNames">Names of the floats of an engine's layout.</param>
/// <param name="ExplainDistance">Fills what each of them contributes to an event's distance from the usual; false when there is nothing to say.</param>
public sealed record ReproducedDomain(
    string Name,
    Func<IEventTable> MakeTable,
    Func<string, int, ReferencePatterns, DomainModels, IDomainEngine> MakeEngine,
    Func<string, SeverityOptions> Severity,
    Func<IDomainEngine, IReadOnlyList<string>> FeatureNames,
    Func<IDomainEngine, DomainEvent, double[], bool> ExplainDistance)
{
    /// <summary>Card and account transactions.</summary>
    public static ReproducedDomain Transactions { get; } = new(
        TransactionEvent.DomainName,
        static () => new TransactionTable(),
        static (settings, version, patterns, models) => new TransactionEngine(TransactionOptionsJson.Deserialize(settings), version, models) { Patterns = patterns },
        static settings => TransactionOptionsJson.Deserialize(settings).Severity,
        static _ => TransactionLayout.FeatureNames,
        static (engine, domainEvent, contributions) => ((TransactionEngine)engine).ExplainDistance((TransactionEvent)domainEvent, contributions));
}
