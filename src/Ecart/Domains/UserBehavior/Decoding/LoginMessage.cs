using Ecart.Events;

namespace Ecart.Domains.UserBehavior.Decoding;

/// <summary>What a message of sshd, sudo or su says of a user.</summary>
internal readonly ref struct LoginMessage
{
    public ReadOnlySpan<char> User { get; private init; }

    public string Type { get; private init; }

    public ActionOutcome Outcome { get; private init; }

    /// <summary>How, for example by password or by public key; empty when it is not told.</summary>
    public ReadOnlySpan<char> Method { get; private init; }

    /// <summary>Where from; empty when it is not told or is no address.</summary>
    public ReadOnlySpan<char> Address { get; private init; }

    /// <summary>Fingerprint of the public key; empty for none.</summary>
    public ReadOnlySpan<char> Key { get; private init; }

    /// <summary>What was done; empty for being on the host.</summary>
    public ReadOnlySpan<char> Resource { get; private init; }

    /// <returns>False when the message says nothing of a user.</returns>
    public static bool TryRead(ReadOnlySpan<char> program, ReadOnlySpan<char> message, out LoginMessage login)
    {
        login = default;
        if (program.StartsWith("sshd", StringComparison.Ordinal))
            return TryReadAttempt(message, out login) || TryReadUnknown(message, out login) || TryReadSession(message, out login);
        if (program.Equals("sudo", StringComparison.Ordinal)) return TryReadSudo(message, out login) || TryReadRefusal(message, out login);
        return program.Equals("su", StringComparison.Ordinal) && TryReadSu(message, out login);
    }

    /// <summary>"Accepted publickey for alice from 192.0.2.7 port 5022 ssh2: ED25519 SHA256:..." and "Failed password for invalid user bob from ...".</summary>
    private static bool TryReadAttempt(ReadOnlySpan<char> message, out LoginMessage login)
    {
        login = default;
        bool isAccepted = message.StartsWith("Accepted ", StringComparison.Ordinal);
        if (!isAccepted && !message.StartsWith("Failed ", StringComparison.Ordinal)) return false;
        message = message[(message.IndexOf(' ') + 1)..];
        int separator = message.IndexOf(" for ", StringComparison.Ordinal);
        if (separator < 0) return false;
        ReadOnlySpan<char> method = message[..separator];
        message = message[(separator + " for ".Length)..];
        if (!isAccepted && message.StartsWith("invalid user ", StringComparison.Ordinal)) message = message["invalid user ".Length..];
        if (!TryReadOrigin(message, out ReadOnlySpan<char> user, out ReadOnlySpan<char> address, out ReadOnlySpan<char> rest)) return false;
        int key = rest.LastIndexOf("SHA256:", StringComparison.Ordinal);
        login = new LoginMessage
        {
            User = user,
            Type = "login",
            Outcome = isAccepted ? ActionOutcome.Success : ActionOutcome.Failure,
            Method = method,
            Address = address,
            Key = key < 0 ? default : FirstWord(rest[key..]),
        };
        return true;
    }

    /// <summary>"Invalid user bob from 192.0.2.7 port 5022".</summary>
    private static bool TryReadUnknown(ReadOnlySpan<char> message, out LoginMessage login)
    {
        login = default;
        const string start = "Invalid user ";
        if (!message.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return false;
        if (!TryReadOrigin(message[start.Length..], out ReadOnlySpan<char> user, out ReadOnlySpan<char> address, out _)) return false;
        login = new LoginMessage { User = user, Type = "invalid_user", Outcome = ActionOutcome.Failure, Address = address };
        return true;
    }

    /// <summary>"pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)".</summary>
    private static bool TryReadSession(ReadOnlySpan<char> message, out LoginMessage login)
    {
        login = default;
        int start = message.IndexOf("session opened for user ", StringComparison.Ordinal);
        bool isOpened = start >= 0;
        if (!isOpened) start = message.IndexOf("session closed for user ", StringComparison.Ordinal);
        if (start < 0) return false;
        ReadOnlySpan<char> user = FirstWord(message[(start + "session opened for user ".Length)..]);
        int bracket = user.IndexOf('(');
        login = new LoginMessage
        {
            User = bracket < 0 ? user : user[..bracket],
            Type = isOpened ? "session_opened" : "session_closed",
            Outcome = ActionOutcome.Success,
        };
        return true;
    }

    /// <summary>"alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/apt update", or with a refusal before TTY.</summary>
    private static bool TryReadSudo(ReadOnlySpan<char> message, out LoginMessage login)
    {
        login = default;
        int separator = message.IndexOf(" : ", StringComparison.Ordinal);
        if (separator < 0) return false;
        ReadOnlySpan<char> user = message[..separator];
        message = message[(separator + " : ".Length)..];
        int command = message.IndexOf("COMMAND=", StringComparison.Ordinal);
        if (command < 0) return false;
        login = new LoginMessage
        {
            User = user.Trim(),
            Type = "sudo",
            Outcome = message.StartsWith("TTY=", StringComparison.Ordinal) || message.StartsWith("PWD=", StringComparison.Ordinal)
                ? ActionOutcome.Success
                : ActionOutcome.Failure,
            Resource = FirstWord(message[(command + "COMMAND=".Length)..]),
        };
        return true;
    }

    /// <summary>"pam_unix(sudo:auth): authentication failure; logname=alice ... user=alice".</summary>
    private static bool TryReadRefusal(ReadOnlySpan<char> message, out LoginMessage login)
    {
        login = default;
        int user = message.LastIndexOf(" user=", StringComparison.Ordinal);
        if (user < 0 || !message.Contains("authentication failure", StringComparison.Ordinal)) return false;
        login = new LoginMessage { User = FirstWord(message[(user + " user=".Length)..]), Type = "sudo", Outcome = ActionOutcome.Failure };
        return true;
    }

    /// <summary>"(to root) alice on pts/0" and "FAILED SU (to root) alice on pts/0".</summary>
    private static bool TryReadSu(ReadOnlySpan<char> message, out LoginMessage login)
    {
        login = default;
        bool isFailure = message.StartsWith("FAILED SU ", StringComparison.Ordinal);
        int start = message.IndexOf("(to ", StringComparison.Ordinal);
        int end = message.IndexOf(") ", StringComparison.Ordinal);
        if (start < 0 || end < start) return false;
        login = new LoginMessage
        {
            User = FirstWord(message[(end + 2)..]),
            Type = "su",
            Outcome = isFailure ? ActionOutcome.Failure : ActionOutcome.Success,
            Resource = message[(start + "(to ".Length)..end],
        };
        return true;
    }

    /// <summary>"NAME from ADDRESS port NUMBER ...". The name is whatever the other side sent, the word "from" too: the last one counts.</summary>
    private static bool TryReadOrigin(
        ReadOnlySpan<char> text, out ReadOnlySpan<char> user, out ReadOnlySpan<char> address, out ReadOnlySpan<char> rest)
    {
        user = default;
        address = default;
        rest = default;
        int from = text.LastIndexOf(" from ", StringComparison.Ordinal);
        if (from < 0) return false;
        user = text[..from].Trim();
        rest = text[(from + " from ".Length)..];
        address = FirstWord(rest);
        rest = rest[address.Length..];
        if (!AddressBits.TryParse(address, out _)) address = default;
        return true;
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(' ');
        int end = text.IndexOfAny(' ', ';');
        return end < 0 ? text : text[..end];
    }
}
