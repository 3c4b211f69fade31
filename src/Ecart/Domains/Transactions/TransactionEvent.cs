using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Ecart.Events;

namespace Ecart.Domains.Transactions;

/// <summary>One card or account transaction, validated. Made by the decoder or by the caller.</summary>
public sealed class TransactionEvent : DomainEvent
{
    /// <summary>The domain's name.</summary>
    public const string DomainName = "transactions";

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
    public override ulong ContentHash
    {
        get
        {
            var hash = new XxHash3(seed: 1);
            Span<byte> fixedPart = stackalloc byte[8 + 16 + 1 + 8 + 8];
            BinaryPrimitives.WriteInt64LittleEndian(fixedPart, OccurredAt.Ticks);
            BinaryPrimitives.WriteDoubleLittleEndian(fixedPart[8..], (double)Amount);
            BinaryPrimitives.WriteDoubleLittleEndian(fixedPart[16..], ScoredAmount);
            fixedPart[24] = (byte)Channel;
            BinaryPrimitives.WriteDoubleLittleEndian(fixedPart[25..], Latitude);
            BinaryPrimitives.WriteDoubleLittleEndian(fixedPart[33..], Longitude);
            hash.Append(fixedPart);
            AppendText(hash, AccountId);
            AppendText(hash, Currency);
            AppendText(hash, MerchantId);
            AppendText(hash, MerchantCategory);
            AppendText(hash, Country);
            AppendText(hash, City);
            AppendText(hash, DeviceId);
            AppendText(hash, IpAddress);
            AppendText(hash, UserAgentHash);
            return hash.GetCurrentHashAsUInt64();
        }
    }

    private static void AppendText(XxHash3 hash, string? text)
    {
        hash.Append(MemoryMarshal.AsBytes((text ?? string.Empty).AsSpan()));
        hash.Append("\0\u0001"u8);
    }
}
