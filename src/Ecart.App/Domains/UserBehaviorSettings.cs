using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Domains.UserBehavior;
using Ecart.Events.Decoding;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>Settings of what users do.</summary>
internal sealed class UserBehaviorSettings(UserBehaviorOptions options) : IDomainSettings
{
    /// <inheritdoc/>
    public string Text => UserBehaviorOptionsJson.Serialize(options);

    /// <inheritdoc/>
    public string EntityField => "user";

    /// <inheritdoc/>
    public IReadOnlyList<LearnedDetectorOptions> Detectors => options.Detectors;

    /// <inheritdoc/>
    public int LabelDelayDays => options.LabelDelayDays;

    /// <inheritdoc/>
    public IDomainEngine MakeEngine(int configurationVersion, ReferencePatterns patterns, DomainModels models)
    {
        var engine = new UserBehaviorEngine(options, configurationVersion, models) { Patterns = patterns };
        foreach (ExceptionNotice notice in engine.PatternNotices) Output.Warning(notice.ToString());
        return engine;
    }

    /// <inheritdoc/>
    public RuleError? CheckRule(string expression) => UserBehaviorRuleFields.All.TryCompile(expression, out _, out RuleError? error) ? null : error;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Description)> RuleFields => [.. UserBehaviorRuleFields.All.All.Select(one => (one.Name, one.Description))];

    /// <inheritdoc/>
    public IRecordDecoder MakeDecoder() => new UserBehaviorDecoder(UserBehaviorDecoderOptions.From(options));
}
