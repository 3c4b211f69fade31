using System.IO.Hashing;
using System.Runtime.InteropServices;
using Ecart.Events;

namespace Ecart.Domains.UserBehavior;

/// <summary>One action of a user, a log-in, a command, an API call or any other, validated. Made by a decoder or by the caller.</summary>
public sealed class UserBehaviorEvent : DomainEvent
{
    /// <summary>The domain's name.</summary>
    public const string DomainName = "user_behavior";

    /// <summary>
    /// Added to the caller's own version of <see cref="Embedding"/>, so that it never meets that of a layout or of a trained model.
    /// </summary>
    public const int FirstCallerVersion = 1_000_000;

    internal const string Subject = "user";

    private ulong contentHash;

    /// <inheritdoc/>
    public override string Domain => DomainName;

    /// <inheritdoc/>
    public override string PrimaryEntityType => Subject;

    /// <inheritdoc/>
    public override string PrimaryEntityId => UserId;

    /// <summary>Who acts, 1 to 128 characters.</summary>
    public required string UserId { get; init; }

    /// <summary>What kind of action, 1 to 64 characters, for example <c>login</c>, <c>command</c> or <c>api_call</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>What it was done to or with, at most 256 characters: a host, a file, a command, a path; null when unknown.</summary>
    public string? Resource { get; init; }

    /// <summary>How it ended. Default <see cref="ActionOutcome.Unknown"/>.</summary>
    public ActionOutcome Outcome { get; init; }

    /// <summary>IPv4 or IPv6 address that it came from, in its shortest text form; null when unknown.</summary>
    public string? SourceIp { get; init; }

    /// <summary>User agent, at most 512 characters; null when unknown.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Device, at most 128 characters; null when unknown.</summary>
    public string? DeviceId { get; init; }

    /// <summary>ISO 3166-1 alpha-2 country, upper case; null when unknown.</summary>
    public string? Country { get; init; }

    /// <summary>City, at most 128 characters; null when unknown.</summary>
    public string? City { get; init; }

    /// <summary>Degrees, -90 to 90; NaN when unknown. Known only together with <see cref="Longitude"/>.</summary>
    public double Latitude { get; init; } = double.NaN;

    /// <summary>Degrees, -180 to 180; NaN when unknown.</summary>
    public double Longitude { get; init; } = double.NaN;

    /// <summary>Session, at most 128 characters; null when unknown.</summary>
    public string? SessionId { get; init; }

    /// <summary>Role of the user, at most 64 characters: users of one role are each other's peers. Null when unknown.</summary>
    public string? Role { get; init; }

    /// <summary>Minutes that local time is ahead of UTC at the event: the user's, else the domain's. -840 to 840.</summary>
    public short UtcOffsetMinutes { get; init; }

    /// <summary>
    /// The caller's own embedding, taken as it is: exactly <see cref="UserBehaviorLayout.Dimension"/> finite floats, not changed any more; null for one by the
    /// layout.
    /// </summary>
    public float[]? Embedding { get; init; }

    /// <summary>The caller's version of <see cref="Embedding"/>, 0 to 999,999,999: vectors of different versions are never compared.</summary>
    public int EmbeddingVersion { get; init; }

    /// <summary>True when both coordinates are known.</summary>
    public bool HasPosition => !double.IsNaN(Latitude) && !double.IsNaN(Longitude);

    /// <summary>Local time of the event.</summary>
    public DateTime LocalTime => OccurredAt.AddMinutes(UtcOffsetMinutes);

    /// <inheritdoc/>
    public override ulong ContentHash => contentHash != 0 ? contentHash : contentHash = ComputeContentHash();

    private ulong ComputeContentHash()
    {
        ReadOnlySpan<double> numbers = [BitConverter.Int64BitsToDouble(OccurredAt.Ticks), Latitude, Longitude, (double)Outcome, EmbeddingVersion];
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(numbers), seed: 1);
        foreach (string? text in (ReadOnlySpan<string?>)[UserId, EventType, Resource, SourceIp, UserAgent, DeviceId, Country, City, SessionId, Role])
            hash = Chain(hash, text);
        if (Embedding is not null) hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(Embedding.AsSpan()), (long)hash);
        return hash == 0 ? 1 : hash;
    }

    /// <summary>An unknown text differs from an empty one.</summary>
    private static ulong Chain(ulong hash, string? text) =>
        text is null ? hash * 0x9E3779B97F4A7C15 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), (long)hash);
}
