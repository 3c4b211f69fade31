using Ecart.Scoring;

namespace Ecart.Rules;

/// <summary>How much the windows of rules may remember. Nothing is kept that no rule asks for.</summary>
public sealed record RuleWindowOptions
{
    /// <summary>The newest events kept of an entity; a window that holds more counts these. Default 1,024, 16 to 65,536.</summary>
    public int MaximumEvents { get; init; } = 1024;

    /// <summary>
    /// Entities kept of each type but the domain's own, such as merchants; beyond it, those unseen for longest are forgotten. Default 50,000, 16 to 10,000,000.
    /// </summary>
    public int MaximumEntities { get; init; } = 50_000;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(MaximumEvents, 16, 65_536, path + ".maximum_events");
        OptionsException.RequireRange(MaximumEntities, 16, 10_000_000, path + ".maximum_entities");
    }
}
