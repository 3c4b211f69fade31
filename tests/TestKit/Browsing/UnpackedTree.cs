using Ecart.Embedded.Provisioning;

namespace Ecart.TestKit.Browsing;

/// <summary>Packages that were unpacked beside the system and run with its C library.</summary>
internal static class UnpackedTree
{
    /// <summary>The C library and its loader must be of one make: both are the system's.</summary>
    private static readonly string[] OfSystem =
    [
        "libc.so.6", "libm.so.6", "libmvec.so.1", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2", "libutil.so.1", "libanl.so.1", "libBrokenLocale.so.1",
        "libthread_db.so.1", "libnsl.so.1", "libnss_compat.so.2", "libnss_dns.so.2", "libnss_files.so.2", "libnss_hesiod.so.2", "libc_malloc_debug.so.0", "libmemusage.so",
        "libpcprofile.so",
    ];

    /// <summary>Takes out what programs must take from the system.</summary>
    public static void LeaveToSystem(string root, DebianArchitecture architecture)
    {
        foreach (string file in Folders(root, architecture).SelectMany(folder => OfSystem.Select(name => Path.Combine(folder, name)))) File.Delete(file);
    }

    /// <summary>The value of LD_LIBRARY_PATH.</summary>
    public static string LibraryPath(string root, DebianArchitecture architecture) => string.Join(':', Folders(root, architecture));

    /// <summary>Writes a configuration that knows the unpacked fonts alone, so that pages look the same on every machine.</summary>
    /// <returns>Its path.</returns>
    public static string WriteFontConfiguration(string root)
    {
        string path = Path.Combine(root, "fonts.conf");
        if (File.Exists(path)) return path;
        File.WriteAllText(path, """
            <?xml version="1.0"?>
            <!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
            <fontconfig>
              <dir prefix="relative">usr/share/fonts</dir>
              <cachedir prefix="relative">usr/share/fonts-cache</cachedir>
              <alias binding="same"><family>system-ui</family><prefer><family>DejaVu Sans</family></prefer></alias>
              <alias binding="same"><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
              <alias binding="same"><family>serif</family><prefer><family>DejaVu Serif</family></prefer></alias>
              <alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
            </fontconfig>
            """);
        return path;
    }

    private static string[] Folders(string root, DebianArchitecture architecture) =>
        // Where the loader looks by itself, and where one library has another that is its own.
        [.. new[] { architecture.LibraryFolder, architecture.LibraryFolder["usr/".Length..], architecture.LibraryFolder + "/pulseaudio" }
            .Select(folder => Path.Combine(root, folder)).Where(Directory.Exists)];
}
