using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>A number made of an entity's earlier events, by a name that encoders, detectors and rules use as they use a field.</summary>
public sealed record DeclaredWindowOptions
{
    /// <summary>As <see cref="DeclaredFieldOptions.Name"/>. Required.</summary>
    public string Name { get; init; } = "";

    /// <summary>What is asked. Default how many events there were.</summary>
    public RuleWindowKind Kind { get; init; }

    /// <summary>The field that names the entity whose events are meant. Default empty: the domain's entity.</summary>
    public string Entity { get; init; } = "";

    /// <summary>Field whose values are looked at; left out to count. Default null.</summary>
    public string? Field { get; init; }

    /// <summary>How far it looks back from the event, itself not included. Default 60, above 0 to 43,200 (30 days).</summary>
    public double Minutes { get; init; } = 60;

    internal void Validate(string path) =>
        OptionsException.RequireRange(Minutes, 1.0 / 60, 24 * 60 * RuleLimits.MaximumWindowDays, path + ".minutes");
}
