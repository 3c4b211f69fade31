namespace Ecart.Profiles;

/// <summary>State of one entity that <see cref="ResidentEntities{TState}"/> keeps. Not thread-safe: its lane's.</summary>
internal abstract class ResidentEntity(string id)
{
    /// <summary>The entity.</summary>
    public string Id { get; } = id;

    /// <summary>Number of the checkpoint that holds, or is to hold, its newest change; 0 when it is as it was restored.</summary>
    internal long ChangedIn { get; set; }

    /// <summary>The next one used later; null for the newest.</summary>
    internal ResidentEntity? Newer { get; set; }

    /// <summary>The next one used earlier; null for the oldest.</summary>
    internal ResidentEntity? Older { get; set; }
}
