using System.IO.Hashing;
using System.Runtime.InteropServices;
using Ecart.Events;

namespace Ecart.Domains.Iot;

/// <summary>One reading of one signal of a device, validated. Made by a decoder or by the caller.</summary>
public sealed class IotMeasurement : DomainEvent
{
    /// <summary>The domain's name.</summary>
    public const string DomainName = "iot";

    /// <summary>Largest magnitude of a value.</summary>
    public const double MaximumMagnitude = 1e30;

    internal const string Subject = "device";

    private ulong contentHash;

    /// <inheritdoc/>
    public override string Domain => DomainName;

    /// <inheritdoc/>
    public override string PrimaryEntityType => Subject;

    /// <inheritdoc/>
    public override string PrimaryEntityId => DeviceId;

    /// <summary>The device, 1 to 64 characters.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Which of the device's signals, 1 to 64 characters.</summary>
    public required string Signal { get; init; }

    /// <summary>What the signal measures. Default <see cref="MeasurementType.Other"/>.</summary>
    public MeasurementType Type { get; init; }

    /// <summary>The reading in <see cref="Unit"/>: finite, at most <see cref="MaximumMagnitude"/> in magnitude.</summary>
    public required double Value { get; init; }

    /// <summary>Unit as the device names it, at most 16 characters; null when unknown.</summary>
    public string? Unit { get; init; }

    /// <summary>Where the device is, at most 128 characters; null when unknown.</summary>
    public string? Location { get; init; }

    /// <inheritdoc/>
    public override ulong ContentHash => contentHash != 0 ? contentHash : contentHash = ComputeContentHash();

    private ulong ComputeContentHash()
    {
        ReadOnlySpan<double> numbers = [BitConverter.Int64BitsToDouble(OccurredAt.Ticks), Value, (double)Type];
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(numbers), seed: 1);
        foreach (string? text in (ReadOnlySpan<string?>)[DeviceId, Signal, Unit, Location]) hash = Chain(hash, text);
        return hash == 0 ? 1 : hash;
    }

    /// <summary>An unknown text differs from an empty one.</summary>
    private static ulong Chain(ulong hash, string? text) =>
        text is null ? hash * 0x9E3779B97F4A7C15 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), (long)hash);
}
