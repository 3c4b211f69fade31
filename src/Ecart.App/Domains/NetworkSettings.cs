using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Decoding;
using Ecart.Events.Decoding;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>Settings of connections of a network.</summary>
internal sealed class NetworkSettings(NetworkOptions options) : IDomainSettings
{
    /// <inheritdoc/>
    public string Text => NetworkOptionsJson.Serialize(options);

    /// <inheritdoc/>
    public string EntityField => "source_ip";

    /// <inheritdoc/>
    public IReadOnlyList<LearnedDetectorOptions> Detectors => options.Detectors;

    /// <inheritdoc/>
    public int LabelDelayDays => options.LabelDelayDays;

    /// <inheritdoc/>
    public IDomainEngine MakeEngine(int configurationVersion, ReferencePatterns patterns, DomainModels models)
    {
        var engine = new NetworkEngine(options, configurationVersion, models) { Patterns = patterns };
        foreach (ExceptionNotice notice in engine.PatternNotices) Output.Warning(notice.ToString());
        return engine;
    }

    /// <inheritdoc/>
    public RuleError? CheckRule(string expression) => NetworkRuleFields.All.TryCompile(expression, out _, out RuleError? error) ? null : error;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Description)> RuleFields => [.. NetworkRuleFields.All.All.Select(one => (one.Name, one.Description))];

    /// <inheritdoc/>
    public IRecordDecoder MakeDecoder() => new NetworkDecoder(new NetworkDecoderOptions { InternalNetworks = options.InternalNetworks });
}
