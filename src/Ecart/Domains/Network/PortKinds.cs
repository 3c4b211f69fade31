namespace Ecart.Domains.Network;

/// <summary>The kind of each port, by the IANA registry and common use.</summary>
internal static class PortKinds
{
    private const int FirstRegistered = 1024;
    private const int FirstDynamic = 49_152;

    public static PortKind Of(int port) => port switch
    {
        80 or 443 or 8000 or 8008 or 8080 or 8081 or 8443 or 8888 => PortKind.Web,
        53 or 853 => PortKind.Names,
        25 or 110 or 143 or 465 or 587 or 993 or 995 => PortKind.Mail,
        22 or 23 or 513 or 514 or 2222 or 2323 or 3389 or 5900 or 5901 or 5985 or 5986 => PortKind.Login,
        20 or 21 or 69 or 111 or 135 or 139 or 445 or 548 or 873 or 990 or 2049 => PortKind.Files,
        1433 or 1521 or 3306 or 5432 or 5984 or 6379 or 9042 or 9200 or 11211 or 27017 => PortKind.Database,
        67 or 68 or 88 or 123 or 137 or 138 or 161 or 162 or 389 or 500 or 546 or 547 or 636 or 1900 or 3702 or 4500 or 5351 or 5353 or 5355 => PortKind.Infrastructure,
        < FirstRegistered => PortKind.WellKnown,
        < FirstDynamic => PortKind.Registered,
        _ => PortKind.Dynamic,
    };
}
