namespace Ecart.MariaDb.Entities;

/// <summary>Which entities are listed. Null is any.</summary>
public sealed record EntityFilter
{
    /// <summary>The domain.</summary>
    public string? Domain { get; init; }

    /// <summary>The type.</summary>
    public string? EntityType { get; init; }

    /// <summary>What their ids begin with.</summary>
    public string? Prefix { get; init; }

    /// <summary>Where the list goes on: after this one.</summary>
    public EntityName? After { get; init; }

    /// <summary>Most rows.</summary>
    public int Most { get; init; } = 50;
}
