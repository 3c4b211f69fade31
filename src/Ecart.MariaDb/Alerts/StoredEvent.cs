using Ecart.Scoring;

namespace Ecart.MariaDb.Alerts;

/// <summary>An event with what was said of it, of any domain. Immutable.</summary>
public sealed record StoredEvent
{
    /// <summary>Its uid.</summary>
    public required string Uid { get; init; }

    /// <summary>Event time, UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>What the event says, without what is not known.</summary>
    public required IReadOnlyList<EventField> Fields { get; init; }

    /// <summary>0 to 1; null for one that came too late to be scored.</summary>
    public required double? Score { get; init; }

    /// <summary>0 to 1, continuous; null as the score is.</summary>
    public required double? RankScore { get; init; }

    /// <summary>Distance to what is usual for the entity; null where there was no profile.</summary>
    public required double? Distance { get; init; }

    /// <summary>Whether it was flagged.</summary>
    public required bool IsFlagged { get; init; }

    /// <summary>Severity by score.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Whether it came later than the domain allows.</summary>
    public required bool IsLate { get; init; }

    /// <summary>Whether it entered the entity's profile.</summary>
    public required bool IsLearned { get; init; }

    /// <summary>Exception that silenced it; null when none did.</summary>
    public required long? SuppressedBy { get; init; }

    /// <summary>What people said of it: true for confirmed; null when nobody did.</summary>
    public required bool? Label { get; init; }

    /// <summary>Version of the settings that scored it.</summary>
    public required int ConfigurationVersion { get; init; }

    /// <summary>Version of the embedding.</summary>
    public required int EmbeddingVersion { get; init; }

    /// <summary>Its vector.</summary>
    public required float[] Embedding { get; init; }

    /// <summary>The vector of the domain's layout, whose floats have names; the same as <see cref="Embedding"/> unless a learned model made that.</summary>
    public required float[] Layout { get; init; }
}
