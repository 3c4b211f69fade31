using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Scoring;

namespace Ecart.App.Store;

/// <summary>Makes engines and tells of exceptions that have no effect, because their rule is wrong.</summary>
internal static class EngineStart
{
    /// <summary>An engine that knows nothing yet.</summary>
    public static TransactionEngine Make(TransactionOptions options, int configurationVersion, ReferencePatterns patterns, DomainModels models)
    {
        var engine = new TransactionEngine(options, configurationVersion, models) { Patterns = patterns };
        foreach (ExceptionNotice notice in engine.PatternNotices) Output.Warning(notice.ToString());
        return engine;
    }
}
