using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Domains.Iot;
using Ecart.Events.Decoding;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>Settings of measurements of devices.</summary>
internal sealed class IotSettings(IotOptions options) : IDomainSettings
{
    /// <summary>The settings.</summary>
    public IotOptions Options => options;

    /// <inheritdoc/>
    public string Text => IotOptionsJson.Serialize(options);

    /// <inheritdoc/>
    public string EntityField => "device";

    /// <inheritdoc/>
    public IReadOnlyList<LearnedDetectorOptions> Detectors => options.Detectors;

    /// <inheritdoc/>
    public IDomainEngine MakeEngine(int configurationVersion, ReferencePatterns patterns, DomainModels models)
    {
        var engine = new IotEngine(options, configurationVersion, models) { Patterns = patterns };
        foreach (ExceptionNotice notice in engine.PatternNotices) Output.Warning(notice.ToString());
        return engine;
    }

    /// <inheritdoc/>
    public RuleError? CheckRule(string expression) => IotRuleFields.All.TryCompile(expression, out _, out RuleError? error) ? null : error;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Description)> RuleFields => [.. IotRuleFields.All.All.Select(one => (one.Name, one.Description))];

    /// <inheritdoc/>
    public IRecordDecoder MakeDecoder() => new IotDecoder();
}
