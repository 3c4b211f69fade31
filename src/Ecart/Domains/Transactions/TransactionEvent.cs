using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ecart.Events;

namespace Ecart.Domains.Transactions;

/// <summary>One card or account transaction, validated. Made by the decoder or by the caller.</summary>
public sealed class TransactionEvent : DomainEvent
{
    /// <summary>The domain's name.</summary>
    public const string DomainName = "transactions";

    private const int FixedContentBytes = 41;
    private const int ContentTexts = 9;
    private const int TextSeparatorBytes = 2;
    private const int StackBytes = 1024;
    private ulong contentHash;

    /// <inheritdoc/>
    public override string Domain => DomainName;

    /// <inheritdoc/>
    public override string PrimaryEntityType => "account";

    /// <inheritdoc/>
    public override string PrimaryEntityId => AccountId;

    /// <summary>Account or card that pays, 1 to 64 characters.</summary>
    public required string AccountId { get; init; }

    /// <summary>Amount in <see cref="Currency"/>, 0 to 9,999,999,999,999.99, two decimals.</summary>
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217 code. Default <c>EUR</c>.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>Amount in the domain's own currency: what every detector looks at.</summary>
    public required double ScoredAmount { get; init; }

    /// <summary>Merchant or terminal, at most 64 characters; null when unknown.</summary>
    public string? MerchantId { get; init; }

    /// <summary>Merchant category, at most 64 characters; null when unknown.</summary>
    public string? MerchantCategory { get; init; }

    /// <summary>Channel. Default <see cref="TransactionChannel.Pos"/>.</summary>
    public TransactionChannel Channel { get; init; } = TransactionChannel.Pos;

    /// <summary>ISO 3166-1 alpha-2 country of the transaction, upper case; null when unknown.</summary>
    public string? Country { get; init; }

    /// <summary>City, at most 128 characters; null when unknown.</summary>
    public string? City { get; init; }

    /// <summary>Degrees, -90 to 90; NaN when unknown. Known only together with <see cref="Longitude"/>.</summary>
    public double Latitude { get; init; } = double.NaN;

    /// <summary>Degrees, -180 to 180; NaN when unknown.</summary>
    public double Longitude { get; init; } = double.NaN;

    /// <summary>Device, at most 128 characters; null when unknown.</summary>
    public string? DeviceId { get; init; }

    /// <summary>IPv4 or IPv6 address in its shortest text form; null when unknown.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Hash of the user agent as 16 hexadecimal digits; null when unknown.</summary>
    public string? UserAgentHash { get; init; }

    /// <summary>
    /// Minutes that local time is ahead of UTC at the event: of the account, else of the merchant, else of the domain, else 0.
    /// -840 to 840.
    /// </summary>
    public short UtcOffsetMinutes { get; init; }

    /// <summary>True when both coordinates are known.</summary>
    public bool HasPosition => !double.IsNaN(Latitude) && !double.IsNaN(Longitude);

    /// <summary>Local time of the event.</summary>
    public DateTime LocalTime => OccurredAt.AddMinutes(UtcOffsetMinutes);

    /// <inheritdoc/>
    public override ulong ContentHash => contentHash != 0 ? contentHash : contentHash = ComputeContentHash();

    [SkipLocalsInit]
    private ulong ComputeContentHash()
    {
        int most = FixedContentBytes + (ContentTexts * TextSeparatorBytes) + (2 * ContentCharacters());
        byte[]? rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> bytes = rented ?? stackalloc byte[StackBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, OccurredAt.Ticks);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], (double)Amount);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], ScoredAmount);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], Latitude);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[32..], Longitude);
        bytes[40] = (byte)Channel;
        int length = FixedContentBytes;
        Append(AccountId, bytes, ref length);
        Append(Currency, bytes, ref length);
        Append(MerchantId, bytes, ref length);
        Append(MerchantCategory, bytes, ref length);
        Append(Country, bytes, ref length);
        Append(City, bytes, ref length);
        Append(DeviceId, bytes, ref length);
        Append(IpAddress, bytes, ref length);
        Append(UserAgentHash, bytes, ref length);
        ulong hash = XxHash3.HashToUInt64(bytes[..length], seed: 1);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return hash == 0 ? 1 : hash;
    }

    private int ContentCharacters() =>
        AccountId.Length + Currency.Length + Length(MerchantId) + Length(MerchantCategory) + Length(Country) + Length(City)
        + Length(DeviceId) + Length(IpAddress) + Length(UserAgentHash);

    private static int Length(string? text) => text?.Length ?? 0;

    /// <summary>Appends a text and a separator that no text contains; an unknown text differs from an empty one.</summary>
    private static void Append(string? text, Span<byte> bytes, ref int length)
    {
        ReadOnlySpan<byte> utf16 = MemoryMarshal.AsBytes(text.AsSpan());
        utf16.CopyTo(bytes[length..]);
        length += utf16.Length;
        bytes[length++] = 0;
        bytes[length++] = text is null ? (byte)2 : (byte)1;
    }
}
