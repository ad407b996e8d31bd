# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds libVLC, says what to install when it is missing, and starts it as a component: no configuration, no
interface, no network, its log in `logging`. The only module that imports python-vlc. Main thread."""

from __future__ import annotations

import ctypes
import logging
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from player.domain.errors import EngineError

log = logging.getLogger(__name__)
vlc_log = logging.getLogger("libvlc")

FILE_CACHING_MS = 1_000
"""So much is read before the first picture is decoded. A player that seeks while paused reads no more than this, so it
must be longer than decoders hold pictures back (several pictures, which take long at ten a second)."""

_OPTIONS = (
    "--intf=dummy",
    "--quiet",  # FFmpeg's own messages; libVLC's go to the log all the same
    "--ignore-config",
    "--no-lua",
    "--no-xlib",
    "--no-media-library",
    "--no-auto-preparse",
    "--no-metadata-network-access",
    "--no-sub-autodetect-file",
    "--no-mkv-preload-local-dir",
    "--no-video-title-show",
    "--no-osd",
    "--no-spu",
    "--no-snapshot-preview",
    "--no-disable-screensaver",
    "--no-volume-save",
    "--no-input-fast-seek",
    "--audio-time-stretch",
    "--avcodec-hw=none",  # pictures are needed in memory; decoding elsewhere and fetching them back gains little
    f"--file-caching={FILE_CACHING_MS}",
)
_INSTALL = {
    "apt-get": "sudo apt install vlc-plugin-base vlc-plugin-video-output",
    "dnf": "sudo dnf install vlc-libs vlc-plugins-base",
    "pacman": "sudo pacman -S vlc",
    "zypper": "sudo zypper install vlc-noX libvlc5",
    "apk": "sudo apk add vlc-libs vlc",
    "brew": "brew install --cask vlc",
    "winget": "winget install VideoLAN.VLC",
}
_NEEDED_PLUGINS = (("video_output", "libvmem_plugin"), ("codec", "libavcodec_plugin"), ("demux", "libmp4_plugin"))
_LOG_LEVELS = {2: logging.DEBUG, 3: logging.DEBUG, 4: logging.INFO}  # libVLC: 2 notice, 3 warning, 4 error
_MESSAGE_BYTES = 1024
_LOG_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)


def install_hint(platform: str = sys.platform) -> str:
    """How libVLC is installed on this machine, as a sentence."""
    if platform == "win32":
        tools = ["winget"]
    elif platform == "darwin":
        tools = ["brew"]
    else:
        tools = ["apt-get", "dnf", "pacman", "zypper", "apk"]
    for tool in tools:
        if shutil.which(tool):
            return f"Install VLC 3 with: {_INSTALL[tool]}"
    return "Install VLC 3 (https://www.videolan.org/vlc/) and start Session Player again."


def has_sound_output(platform: str = sys.platform, devices: Path = Path("/dev/snd")) -> bool:
    """Whether sound can be heard. Asked on Linux only, where libVLC would otherwise try again and again, and say
    so on the terminal thousands of times."""
    if not platform.startswith("linux") or os.environ.get("PULSE_SERVER"):
        return True
    servers = [Path(folder) for folder in (os.environ.get("XDG_RUNTIME_DIR"), "/run/pulse", "/var/run/pulse") if folder]
    sockets = (folder / name for folder in servers for name in ("pulse/native", "pipewire-0", "native"))
    return any(devices.glob("pcmC*p")) or any(map(os.path.exists, sockets))


class LibVlc:
    """A running libVLC. `release` it after everything made with it; nothing else ends it."""

    def __init__(self, audio_output: str = "", options: Sequence[str] = ()) -> None:
        """`audio_output`: a module of libVLC such as "pulse"; "none" for a machine without sound (or a test);
        empty lets libVLC choose. Raises EngineError."""
        self.vlc: Any = _import_vlc()
        _check_plugins(self.vlc)
        arguments = [*_OPTIONS, *options]
        if not audio_output and not has_sound_output():
            log.warning("There is no sound device on this machine, so classes play without sound")
            audio_output = "none"
        if audio_output:
            arguments.append(f"--aout={'adummy' if audio_output == 'none' else audio_output}")
        self.instance: Any = self.vlc.Instance(arguments)
        if self.instance is None:
            raise EngineError("VLC is installed, but it does not start.", install_hint(), "libvlc_new failed")
        self._log_callback = _make_log_callback()
        self._function("libvlc_log_set", 3)(self.instance, ctypes.cast(self._log_callback, ctypes.c_void_p), None)
        log.info("libVLC %s", self.version)

    @property
    def version(self) -> str:
        version = self.vlc.libvlc_get_version()
        return version.decode() if isinstance(version, bytes) else str(version)

    def new_media(self, path: Path) -> Any:
        return self.instance.media_new_path(os.fsencode(path.absolute()))

    def set_video_callbacks(self, player: Any, callbacks: Sequence[ctypes.c_void_p]) -> None:
        """Lock, unlock, display, format and cleanup. They must be kept alive until the player is released."""
        lock, unlock, display, setup, cleanup = callbacks
        self._function("libvlc_video_set_callbacks", 5)(player, lock, unlock, display, None)
        self._function("libvlc_video_set_format_callbacks", 3)(player, setup, cleanup)

    def release(self) -> None:
        if self.instance is not None:
            self._function("libvlc_log_unset", 1)(self.instance)
            self.instance.release()
            self.instance = None

    def _function(self, name: str, arguments: int) -> Any:
        """A function of libVLC that takes pointers only, past the types python-vlc declares."""
        return ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * arguments)((name, self.vlc.dll))


def _import_vlc() -> Any:
    # python-vlc gives up in many ways: without the library it may even take this very program for it (NameError),
    # and it leaves the program when the library named by its environment variable is not there (SystemExit).
    try:
        import vlc

        version = vlc.libvlc_get_version()
    except (ImportError, OSError, AttributeError, NameError, NotImplementedError, SystemExit) as error:
        raise EngineError(
            "Session Player plays with VLC, which is not installed.", install_hint(), repr(error)
        ) from error
    if not version.startswith(b"3."):
        raise EngineError("Session Player needs VLC 3; another version is installed.", install_hint(), repr(version))
    return vlc


def _check_plugins(vlc: Any) -> None:
    """libVLC starts without the plugins that play; look for them where it looks. Silent where that is unknown."""
    folder = _plugin_folder(vlc)
    if folder is None:
        return
    for kind, name in _NEEDED_PLUGINS:
        if not any((folder / kind).glob(f"{name}.*")):
            raise EngineError(
                "VLC is installed, but parts of it are missing.", install_hint(), f"no {kind}/{name} in {folder}"
            )


def _plugin_folder(vlc: Any) -> Path | None:
    told = os.environ.get("VLC_PLUGIN_PATH")
    library = _library_path(vlc)
    candidates = [Path(told)] if told else []
    if library is not None:
        candidates += [
            library.parent / "vlc" / "plugins",
            library.parent.parent / "plugins",
            library.parent / "plugins",
        ]
    return next((folder for folder in candidates if folder.is_dir()), None)


def _library_path(vlc: Any) -> Path | None:
    """Where the loaded libVLC lies."""
    if Path(vlc.dll._name).is_absolute():
        return Path(vlc.dll._name).resolve()
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    paths = (line.split(maxsplit=5)[-1] for line in maps.splitlines() if "libvlc.so" in line)
    return next((Path(path) for path in paths), None)


def _make_log_callback() -> Any:
    try:
        format_message = ctypes.CDLL(None if os.name == "posix" else "msvcrt").vsnprintf
    except (OSError, AttributeError) as error:
        log.debug("libVLC's messages cannot be read: %r", error)
        format_message = None

    def write(_data: object, level: int, _context: object, text: bytes, arguments: int) -> None:
        """Called on any thread of libVLC."""
        at = _LOG_LEVELS.get(level)
        if at is None or format_message is None or not vlc_log.isEnabledFor(at):
            return
        buffer = ctypes.create_string_buffer(_MESSAGE_BYTES)
        format_message(buffer, ctypes.c_size_t(_MESSAGE_BYTES), text, ctypes.c_void_p(arguments))
        vlc_log.log(at, "%s", buffer.value.decode("utf-8", "replace"))

    return _LOG_CALLBACK(write)
