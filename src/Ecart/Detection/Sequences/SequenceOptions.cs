using Ecart.Scoring;

namespace Ecart.Detection.Sequences;

/// <summary>How sequences of actions are compared with what the same user, the peers and everybody do.</summary>
public sealed record SequenceOptions
{
    /// <summary>Actions of a block, which is scored and learned as a whole. Default 100, 2 to 1,000.</summary>
    public int BlockLength { get; init; } = 100;

    /// <summary>Actions that a user must have done before the sequence has an opinion. Default 100, 1 to 100,000.</summary>
    public int MinimumActions { get; init; } = 100;

    /// <summary>Distinct actions remembered of a user, and four times as many pairs. Default 512, 16 to 16,384.</summary>
    public int UserActions { get; init; } = 512;

    /// <summary>Distinct actions remembered of everybody and of each role, and four times as many pairs of everybody. Default 8,192, 64 to 1,048,576.</summary>
    public int PopulationActions { get; init; } = 8192;

    /// <summary>Roles with an own reference; users of further ones are compared with everybody. Default 32, 0 to 1,024.</summary>
    public int Roles { get; init; } = 32;

    /// <summary>Actions after which a user's older ones count half. Default 50,000, 1,000 to 10,000,000.</summary>
    public int MemoryActions { get; init; } = 50_000;

    /// <summary>Weight of what everybody does in what a user is expected to do, in actions. Default 10, 0.01 to 10,000.</summary>
    public double PriorWeight { get; init; } = 10;

    /// <summary>Weight of the single actions in what is expected to follow an action, in actions. Default 3, 0.01 to 10,000.</summary>
    public double PairPriorWeight { get; init; } = 3;

    /// <summary>Share of the pairs in the score, the rest is that of the single actions. Default 0.5, 0 to 1.</summary>
    public double PairShare { get; init; } = 0.5;

    /// <summary>What an action that nobody ever did is taken for, in actions. Default 0.5, 0.001 to 100.</summary>
    public double UnseenWeight { get; init; } = 0.5;

    /// <summary>Share of a block's score that the next one inherits: who has taken an account over stays a while. Default 0.5, 0 to 0.99.</summary>
    public double CarryOver { get; init; } = 0.5;

    /// <summary>The least score that is inherited. Default -10.</summary>
    public double CarryMinimum { get; init; } = -10;

    /// <summary>The highest score that is inherited. Default 50.</summary>
    public double CarryMaximum { get; init; } = 50;

    /// <summary>Hours after which half of the inherited score is left. Default 24, 0.01 to 8,760.</summary>
    public double CarryHalfLifeHours { get; init; } = 24;

    /// <summary>A block is learned as the user's own when its score is below this. Default 10.</summary>
    public double LearnBelow { get; init; } = 10;

    /// <summary>
    /// Blocks in a row that were not learned after which the next is: somebody's work has changed, and an attacker would have been found. 0 never.
    /// Default 50, 0 to 10,000.
    /// </summary>
    public int RecoverAfterBlocks { get; init; } = 50;

    /// <summary>Score from which it is evidence. Default 20.</summary>
    public double Threshold { get; init; } = 20;

    /// <summary>Score beyond the threshold that would add 1. Default 100, 0.01 to 1e6.</summary>
    public double Scale { get; init; } = 100;

    /// <summary>The most it adds to the score of an event. Default 0.5, 0 to 1.</summary>
    public double Maximum { get; init; } = 0.5;

    /// <summary>The contribution of a score; 0 at or below the threshold.</summary>
    public double Contribution(double score) => score > Threshold ? Math.Min((score - Threshold) / Scale, Maximum) : 0;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(BlockLength, 2, 1000, path + ".block_length");
        OptionsException.RequireRange(MinimumActions, 1, 100_000, path + ".minimum_actions");
        OptionsException.RequireRange(UserActions, 16, 16_384, path + ".user_actions");
        OptionsException.RequireRange(PopulationActions, 64, 1_048_576, path + ".population_actions");
        OptionsException.RequireRange(Roles, 0, 1024, path + ".roles");
        OptionsException.RequireRange(MemoryActions, 1000, 10_000_000, path + ".memory_actions");
        OptionsException.RequireRange(PriorWeight, 0.01, 10_000, path + ".prior_weight");
        OptionsException.RequireRange(PairPriorWeight, 0.01, 10_000, path + ".pair_prior_weight");
        OptionsException.RequireRange(PairShare, 0, 1, path + ".pair_share");
        OptionsException.RequireRange(UnseenWeight, 0.001, 100, path + ".unseen_weight");
        OptionsException.RequireRange(CarryOver, 0, 0.99, path + ".carry_over");
        OptionsException.RequireRange(CarryMinimum, -1e6, 0, path + ".carry_minimum");
        OptionsException.RequireRange(CarryMaximum, 0, 1e6, path + ".carry_maximum");
        OptionsException.RequireRange(CarryHalfLifeHours, 0.01, 8760, path + ".carry_half_life_hours");
        OptionsException.RequireRange(LearnBelow, -1e6, 1e6, path + ".learn_below");
        OptionsException.RequireRange(RecoverAfterBlocks, 0, 10_000, path + ".recover_after_blocks");
        OptionsException.RequireRange(Threshold, -1e6, 1e6, path + ".threshold");
        OptionsException.RequireRange(Scale, 0.01, 1e6, path + ".scale");
        OptionsException.RequireRange(Maximum, 0, 1, path + ".maximum");
    }
}
