using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>Settings of transactions.</summary>
internal sealed class TransactionSettings(TransactionOptions options) : IDomainSettings
{
    /// <summary>The settings.</summary>
    public TransactionOptions Options => options;

    /// <inheritdoc/>
    public string Text => TransactionOptionsJson.Serialize(options);

    /// <inheritdoc/>
    public string EntityField => "account";

    /// <inheritdoc/>
    public IReadOnlyList<LearnedDetectorOptions> Detectors => options.Detectors;

    /// <inheritdoc/>
    public int LabelDelayDays => options.EntityHistory.LabelDelayDays;

    /// <inheritdoc/>
    public IDomainEngine MakeEngine(int configurationVersion, ReferencePatterns patterns, DomainModels models)
    {
        var engine = new TransactionEngine(options, configurationVersion, models) { Patterns = patterns };
        foreach (ExceptionNotice notice in engine.PatternNotices) Output.Warning(notice.ToString());
        return engine;
    }

    /// <inheritdoc/>
    public RuleError? CheckRule(string expression) => TransactionRuleFields.All.TryCompile(expression, out _, out RuleError? error) ? null : error;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Description)> RuleFields => [.. TransactionRuleFields.All.All.Select(one => (one.Name, one.Description))];

    /// <inheritdoc/>
    public IRecordDecoder MakeDecoder() => new TransactionDecoder(TransactionDecoderOptions.From(options));
}
