using Ecart.Detection.Sequences;

namespace Ecart.Domains.UserBehavior;

/// <summary>Tmp.</summary>
public sealed record UserBehaviorOptions
{
    /// <summary>Sequences of actions.</summary>
    public SequenceOptions Sequence { get; init; } = new();
}
