using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Ecart.Domains.UserBehavior.Decoding;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.UserBehavior;

/// <summary>
/// Makes users' actions of the lines of a log of sshd, sudo and su, such as <c>/var/log/auth.log</c> or <c>/var/log/secure</c>: log-ins accepted and refused,
/// invalid users, sessions, commands by sudo, changes by su. Lines of one log in their order; not thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// Traditional times have neither year nor zone: see <see cref="UserBehaviorDecoderOptions.FirstYear"/> and
/// <see cref="UserBehaviorDecoderOptions.DefaultTimeZone"/>. "message repeated n times" is n actions, of which all but the first get <c>#2</c> and so on at their
/// uid.
/// </para>
/// <para>
/// What users can choose comes from outside: a name that is too long or holds control characters is no action but a rejected record.
/// </para>
/// </remarks>
public sealed class AuthLogDecoder : ILineDecoder
{
    private const int MostRepetitions = 1000;
    private const string Repeated = "message repeated ";
    private readonly UserBehaviorFieldRules rules;
    private readonly UserBehaviorDecoderOptions options;
    private readonly SyslogClock clock;

    /// <param name="options">Null takes the defaults.</param>
    /// <param name="time">Tells now. Null takes the system's.</param>
    /// <exception cref="ArgumentException">An option is not usable; the message names it.</exception>
    public AuthLogDecoder(UserBehaviorDecoderOptions? options = null, TimeProvider? time = null)
    {
        this.options = options ?? new UserBehaviorDecoderOptions();
        rules = new UserBehaviorFieldRules(this.options, time ?? TimeProvider.System);
        clock = new SyslogClock(rules.DefaultZone, this.options.FirstYear);
    }

    /// <inheritdoc/>
    public bool Begins(ReadOnlySpan<byte> line) => Utf8.IsValid(line) && SyslogHeader.TryRead(Encoding.UTF8.GetString(line), out _);

    /// <summary>Decodes a line. Most lines of such a log say nothing of a user, and give nothing.</summary>
    /// <param name="line">UTF-8 without its end.</param>
    /// <param name="position">Where it stands; names the actions.</param>
    /// <param name="decoded">Receives the actions, or why the line can be none.</param>
    /// <returns>How many were added.</returns>
    public int Decode(ReadOnlySpan<byte> line, RecordPosition position, ICollection<DecodedRecord> decoded)
    {
        ArgumentNullException.ThrowIfNull(decoded);
        if (line.IsEmpty) return 0;
        if (!Utf8.IsValid(line))
            return Reject(line, position, RejectReason.InvalidUtf8, "the line is not valid UTF-8.", decoded);
        ReadOnlySpan<char> text = Encoding.UTF8.GetString(line);
        if (!SyslogHeader.TryRead(text, out SyslogHeader header)) return 0;
        ReadOnlySpan<char> message = Unrepeat(header.Message, out int times);
        if (!LoginMessage.TryRead(header.Program, message, out LoginMessage login)) return 0;
        if (!clock.TryRead(header.Time, rules.Now + options.FutureTolerance, out DateTime moment))
            return Reject(line, position, RejectReason.WrongType, $"the time '{header.Time}' cannot be read.", decoded);
        if (rules.FindRangeFault(moment) is { } fault) return Reject(line, position, fault.Reason, "the time " + fault.Problem, decoded);
        if (login.User.IsEmpty || login.User.Length > UserBehaviorDecoder.MaximumUserLength || login.User.IndexOfAnyInRange('\0', '\x1f') >= 0)
        {
            return Reject(
                line, position, login.User.IsEmpty ? RejectReason.MissingField : RejectReason.TooLong,
                $"the user name is missing, is longer than {UserBehaviorDecoder.MaximumUserLength} characters or holds control characters.", decoded);
        }

        for (int i = 1; i <= times; i++) decoded.Add(new DecodedRecord(Make(in header, in login, moment, position, i), null));
        return times;
    }

    private UserBehaviorEvent Make(in SyslogHeader header, in LoginMessage login, DateTime moment, RecordPosition position, int repetition)
    {
        string uid = string.Create(CultureInfo.InvariantCulture, $"{position.Source}:{position.Offset}");
        if (uid.Length > UserBehaviorDecoder.MaximumUidLength - 5) uid = uid[^(UserBehaviorDecoder.MaximumUidLength - 5)..];
        ReadOnlySpan<char> resource = login.Resource.IsEmpty ? header.Host : login.Resource;
        return new UserBehaviorEvent
        {
            EventUid = repetition == 1 ? uid : string.Create(CultureInfo.InvariantCulture, $"{uid}#{repetition}"),
            OccurredAt = moment,
            UserId = login.User.ToString(),
            EventType = login.Type,
            Resource = resource[..Math.Min(resource.Length, UserBehaviorDecoder.MaximumResourceLength)].ToString(),
            Outcome = login.Outcome,
            SourceIp = login.Address.IsEmpty ? null : Shortest(login.Address),
            UserAgent = login.Method.IsEmpty ? null : $"ssh {login.Method}",
            DeviceId = login.Key.IsEmpty ? null : login.Key[..Math.Min(login.Key.Length, 128)].ToString(),
            SessionId = header.Process.IsEmpty ? null : $"{header.Host}/{header.Program}[{header.Process}]"[..Math.Min(128, header.Host.Length + header.Program.Length + header.Process.Length + 3)],
            UtcOffsetMinutes = (short)rules.DefaultZone.GetUtcOffset(moment).TotalMinutes,
        };
    }

    private static string Shortest(ReadOnlySpan<char> address) =>
        address.Contains(':') && IpAddressText.TryParseVersion6(Encoding.ASCII.GetBytes(address.ToString()), out string shortest) ? shortest : address.ToString();

    /// <summary>"message repeated 3 times: [ Failed password for root from 192.0.2.7 port 22 ssh2]".</summary>
    private static ReadOnlySpan<char> Unrepeat(ReadOnlySpan<char> message, out int times)
    {
        times = 1;
        if (!message.StartsWith(Repeated, StringComparison.Ordinal)) return message;
        ReadOnlySpan<char> rest = message[Repeated.Length..];
        int blank = rest.IndexOf(' ');
        int open = rest.IndexOf('[');
        if (blank < 0 || open < 0 || !int.TryParse(rest[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out int told)) return message;
        times = Math.Clamp(told, 1, MostRepetitions);
        return rest[(open + 1)..].TrimEnd(']').Trim();
    }

    private static int Reject(
        ReadOnlySpan<byte> line, RecordPosition position, RejectReason reason, string problem, ICollection<DecodedRecord> decoded)
    {
        decoded.Add(new DecodedRecord(RecordFields.RejectWhole(position, UserBehaviorEvent.DomainName, reason, line, problem)));
        return 1;
    }
}
